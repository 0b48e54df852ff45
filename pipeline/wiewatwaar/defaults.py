"""What is taken where nothing else is asked for."""

from wiewatwaar.spans import EntityType

DEFAULT_MODEL = "nl_ent_news_sm"
"""The model that the product ships."""

DEFAULT_TYPES: tuple[EntityType, ...] = ("PERSON", "ORGANISATION", "COUNTRY")
"""The types of entity that records hold unless others are asked for."""
