"""What the spaCy model cannot say: from its spans over cleaned text to resolved mentions."""

from wiewatwaar.mentions.resolution import resolve

__all__ = ["resolve"]
