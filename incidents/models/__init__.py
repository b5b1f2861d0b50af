from incidents.models.alerts import Alert
from incidents.models.catalogue import Category, CategoryGroup, Polarity
from incidents.models.register import EarlierText, Incident

__all__ = ["Alert", "Category", "CategoryGroup", "EarlierText", "Incident", "Polarity"]
