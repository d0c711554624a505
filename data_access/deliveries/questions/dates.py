"""Dates so far ahead that they may be typing errors: 2052 for 2025."""

import datetime
from collections.abc import Iterator

from data_access import register
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from indicators.vocabulary import Text

FUTURE = Kind(
    "future",
    Text(
        "Deze datums liggen meer dan een jaar vooruit. Is het jaartal goed getypt?",
        "These dates are more than a year ahead. Was the year typed well?",
    ),
)
_DAYS_AHEAD = 366

# What has happened or begins; what ends may lie far ahead.
_BEGINNINGS = {
    register.gemeente.name: ("figures_on",),
    register.wijk.name: ("figures_on",),
    register.statement.name: ("stated_on",),
    register.agreement.name: ("started_on",),
    register.allowance.name: ("paid_on",),
    register.ladder_reading.name: ("read_on",),
    register.placement.name: ("started_on",),
    register.contract.name: ("starts_on",),
    register.result.name: ("claimed_on", "judged_on", "checked_on", "paid_on"),
    register.spending.name: ("spent_on",),
}


def future_dates(checked: Checked, today: datetime.date) -> Iterator[Doubt]:
    """Yield a doubt for each day that lies more than a year ahead."""
    last = today + datetime.timedelta(days=_DAYS_AHEAD)
    for parsed in checked.delivery.files.values():
        for field in _BEGINNINGS.get(parsed.file.table.name, ()):
            if field not in parsed.file.columns:
                continue
            for row, (day,) in parsed.complete((field,)):
                if day is not None and day > last:
                    question = Text(
                        f"is dit echt {day:%d-%m-%Y}?", f"is this really {day:%d-%m-%Y}?"
                    )
                    yield ask(FUTURE, parsed, row, field, question)
