from incidents.models.alerts import Alert
from incidents.models.catalogue import ALWAYS, Asked, AskedMeasures, Category, CategoryGroup, Polarity, asked_in
from incidents.models.register import EarlierText, Incident

__all__ = [
    "ALWAYS",
    "Alert",
    "Asked",
    "AskedMeasures",
    "Category",
    "CategoryGroup",
    "EarlierText",
    "Incident",
    "Polarity",
    "asked_in",
]
