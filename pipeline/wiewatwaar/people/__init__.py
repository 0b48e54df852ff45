"""What the names of persons are made of, and which of them are of one person."""
