"""How a run is done: what is read for it, who does it, what an earlier one did already."""
