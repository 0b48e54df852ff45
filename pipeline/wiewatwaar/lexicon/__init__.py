"""Dutch knowledge as reviewed data files, one list a file, and what reads them."""
