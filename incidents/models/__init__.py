from incidents.models.alerts import Alert
from incidents.models.catalogue import (
    ALWAYS,
    FORMER_NAMES,
    Asked,
    AskedMeasures,
    Category,
    CategoryGroup,
    Polarity,
    asked_in,
)
from incidents.models.register import EarlierText, Incident

__all__ = [
    "ALWAYS",
    "FORMER_NAMES",
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
