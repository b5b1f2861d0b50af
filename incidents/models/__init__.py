from incidents.models.catalogue import Category, CategoryGroup, Polarity
from incidents.models.register import EarlierText, Incident

__all__ = ["Category", "CategoryGroup", "EarlierText", "Incident", "Polarity"]
