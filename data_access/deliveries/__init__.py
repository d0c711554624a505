"""Deliveries: folders of CSV or Excel files with Dutch headers, checked whole and loaded whole."""

from data_access.deliveries.faults import Fault, write_faults
from data_access.deliveries.loading import LoadSummary, load
from data_access.deliveries.progress import Progress, silent
from data_access.deliveries.questions import Doubt
from data_access.deliveries.registry import ALL_FILES, FILES, DeliveryFile
from data_access.deliveries.template import explanation, write_template

__all__ = [
    "ALL_FILES",
    "FILES",
    "DeliveryFile",
    "Doubt",
    "Fault",
    "LoadSummary",
    "Progress",
    "explanation",
    "load",
    "silent",
    "write_faults",
    "write_template",
]
