"""Every text is asked for: one that no code names or builds goes out of both files."""

import ast
import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from dashboard.address.page_list import PAGES
from dashboard.comparison.avoided_cost import PARAMETERS
from dashboard.comparison.members import UnitKind
from dashboard.words.copy import texts
from indicators.catalogue import INDICATORS
from indicators.vocabulary import Unit

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"
BOTH = ("one", "many")


def _pairs(*parts: tuple[str, ...]) -> set[str]:
    return {"_".join(each) for each in product(*parts)}


_AIDS = {"smaller", "larger", "contrast", "read", "mute", "reset"}

# Where code puts a word right behind a section, as in t(f"menu.{page}"), any word would pass: here
# is what it puts there. Behind a longer beginning, as in t(f"corrections.field_{name}"), all pass.
BUILT: dict[str, set[str]] = {
    "aid": _AIDS | _pairs(tuple(_AIDS), ("help",)),
    "avoided": {*PARAMETERS, "national_rate", "invented"}
    | {"low", "central", "high", "undiscounted", "present_value", "after_optimism"}
    | _pairs(PARAMETERS, ("help",))
    | _pairs(("low", "central", "high"), ("meaning",))
    | _pairs(("low", "high"), ("of",)),
    "bound": {"under", "over"},
    "common": {"numerator", "denominator"}
    | _pairs(("partial", "missing", "later", "no_organisation", "small", "hidden"), BOTH)
    | _pairs(("no_outcomes", "uncertain"), BOTH),
    "corrections": {"none", "one", "many", "appeared", "disappeared"},
    "filter": {name for page in PAGES for name in page.filters},
    "map": {"zero", "partial", "no_data", "no_organisation", "not_shown"},
    "menu": {page.id for page in PAGES},
    "place": {"elsewhere", "unknown"},
    "progress": {"ladder_level", "ladder_moves"}
    | {"no_ladder", "no_ladder_small", "no_moves", "no_moves_small"},
    "reason": {"not_delivered", "not_yet", "not_closed", "small_place", "small_base", "uncertain"}
    | {"no_organisation", "no_population", "zero_outcomes"},
    "refusal": {"gemeente", "wijk", "indicator", "periode", "release", "op", "taal"},
    "results": {"ceiling", "paid", "room", "spent", "residents_only", "administration_only"}
    | {"verdict_hidden", "check_hidden", "paid_on", "judged_yes_on"},
    "sentence": _pairs(("above", "below", "perhaps_above", "perhaps_below"), BOTH),
    "spending": {"financier_id", "taakveld", "dearer", "cheaper", "perhaps", "maximum", "month"}
    | {"whole_organisations", "elsewhere", "favourable", "unfavourable"},
    "status": {"published", "zero", "partial", "no_organisation", "no_data", "not_shown"},
    "subject": {"vrijwilligers", "ladder", "uitstroom", "resultaten", "besteding", "vergoedingen"},
    "theme": {each.theme for each in INDICATORS},
    "unit": {each.value for each in Unit},
    "unit_kind": {
        f"{kind.value}.{form}" for kind in UnitKind for form in ("label", "one", "many", "whole")
    },
    "wijk": {"structureel", "incidenteel", "no_ladder_here"},
}


@cache
def _code() -> tuple[ast.AST, ...]:
    files = sorted(DASHBOARD.rglob("*.py"))
    return tuple(
        node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


@cache
def _strings() -> frozenset[str]:
    strings = (node.value for node in _code() if isinstance(node, ast.Constant))
    return frozenset(each for each in strings if isinstance(each, str))


@cache
def _beginnings() -> frozenset[str]:
    """Return what keys begin with that code builds: "menu." of f"menu.{page}"."""
    first = (node.values[0] for node in _code() if isinstance(node, ast.JoinedStr))
    found = (each.value for each in first if isinstance(each, ast.Constant))
    return frozenset(each for each in found if re.match(r"[a-z_]+\.", each))


def is_used(key: str) -> bool:
    section, name = key.split(".", 1)
    longer = tuple(each for each in _beginnings() if not each.endswith("."))
    return key in _strings() or name in BUILT.get(section, set()) or key.startswith(longer)


def test_every_text_is_asked_for() -> None:
    assert [key for key in texts("nl") if not is_used(key)] == []


def test_what_is_built_is_built_by_code_and_has_its_words() -> None:
    """Nothing stays in the list above after the code or the text is gone."""
    sections = {key.split(".")[0] for key in texts("nl")}
    wide = {each.removesuffix(".") for each in _beginnings() if each.endswith(".")}
    assert wide & sections == BUILT.keys()
    built = {f"{section}.{name}" for section, names in BUILT.items() for name in names}
    assert built - texts("nl").keys() == set()


@pytest.mark.parametrize("key", ["wijk.people", "common.no_target", "nowhere.at_all"])
def test_the_search_finds_what_nobody_asks_for(key: str) -> None:
    assert not is_used(key)
