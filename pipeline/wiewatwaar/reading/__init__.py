"""How the text of one input is had from its bytes."""
