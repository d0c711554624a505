"""The product's own protection."""

from functools import cache
from typing import Any

from tests.attack.measure.published import Cell, Published
from tests.attack.measure.registers import ITEMS, QUARTERS, Town


def protect_new(town: Town, key: bytes, remember: bool = False) -> Published:
    """Make a release of a town with data_access.publish.protect.

    `remember` is not used: what is published of unchanged counts does not change by itself.
    """
    modules = _modules()
    protected = modules["protect"](
        town.counts(allowances_of_organisations=True),
        _context(modules, town),
        modules["Book"](key=key),
    )
    return [
        Cell(cell.measure, cell.period, *cell.margin, cell.value, cell.status)
        for cell in protected.cells()
    ]


@cache
def _modules() -> dict[str, Any]:
    """Imported late: the protection is not there in every checkout that runs this."""
    from data_access.publish.context import Context, Gemeente
    from data_access.publish.protect import Book, protect
    from data_access.publish.receipts import TABLES, Receipts

    return {
        "protect": protect,
        "Book": Book,
        "Gemeente": Gemeente,
        "Context": Context,
        "Receipts": Receipts,
        "subjects": tuple(TABLES),
    }


def _context(modules: dict[str, Any], town: Town) -> Any:
    declared = {
        name: frozenset(leaf.wijk for leaf in town.leaves if leaf.organisation == name)
        for name in town.organisations
    }
    subjects = modules["subjects"]
    everything = {name: frozenset(QUARTERS) for name in ("", *town.organisations)}
    receipts = modules["Receipts"](
        missing={subject: frozenset() for subject in subjects},
        never={subject: frozenset() for subject in subjects},
        nobody={subject: frozenset() for subject in subjects},
        arrived=dict.fromkeys(subjects, everything),
    )
    gemeente = modules["Gemeente"](
        code=town.code,
        name=town.code,
        edition=2024,
        wijken=town.wijken,
        organisations=town.organisations,
        items=ITEMS,
        quarters=QUARTERS,
    )
    return modules["Context"](
        gemeente=gemeente,
        wijk_codes={(wijk, 2024): wijk for wijk in town.wijken},
        declared_wijken=declared,
        receipts=receipts,
        sample=False,
    )
