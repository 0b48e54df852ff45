"""The commands that do not stand in cli.py, and what several commands take."""
