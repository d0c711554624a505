"""Deliberate faults in what a reader sees: the content tests must notice every one of them.

``python -m tests.mutants [WORD]`` tries those whose name holds WORD; tests/content/test_mutants.py
tries all in the test run. A fault counts as noticed when an assertion about content fails: a crash
or a failed import is none, and a patch that no longer applies fails the run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHANGED = ("dashboard", "indicators", "data_access")
_COPIED = (
    *("tests/__init__.py", "tests/content", "tests/unit/test_progress.py"),
    "tests/first_year.py",
    "tests/small_delivery.py",
)
_LINKED = ("sample_data", "static", "pyproject.toml")
SECONDS = 300


@dataclass(frozen=True)
class Mutant:
    """One fault: `old` becomes `new` in `file`; `tests` is the file that must notice it."""

    name: str
    file: str
    old: str
    new: str
    tests: str


def noticed(mutant: Mutant) -> str:
    """Return "" when the tests notice a fault by an assertion, else what happened."""
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        return f"the patch does not apply: {mutant.old!r} is {source.count(mutant.old)} times there"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in (*_CHANGED, *_COPIED):
            _copy(name, place)
        for name in _LINKED:
            (place / name).symlink_to(ROOT / name)
        changed = source.replace(mutant.old, mutant.new)
        (place / mutant.file).write_text(changed, encoding="utf-8")
        return _outcome(place, mutant)


def _copy(name: str, place: Path) -> None:
    target = place / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(ROOT / name, target)


def _outcome(place: Path, mutant: Mutant) -> str:
    report = place / "report.xml"
    command = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
        f"--junitxml={report}",
        mutant.tests,
    ]
    environment = {**os.environ, "PYTHONPATH": str(place), "MUTANT": "1"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    if not report.exists():
        return f"the tests did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    tree = ElementTree.parse(report)
    errors = [each.get("message", "") for each in tree.iter("error")]
    failures = [each.get("message", "") for each in tree.iter("failure")]
    if any(each.startswith(("AssertionError", "assert ")) for each in failures):
        return ""
    return f"no assertion failed; errors {errors[:1]}, failures {failures[:1]}"


_KAART, _OVERZICHT = "tests/content/test_map.py", "tests/content/test_overview.py"
_WIJK, _VERGELIJKEN = "tests/content/test_wijk.py", "tests/content/test_compare.py"
_DOORSTROOM = "tests/content/test_progress.py"
_BESTEDING, _ADRES = "tests/content/test_spending.py", "tests/content/test_address.py"

MUTANTS = (
    Mutant(
        "a rate on one person",
        "indicators/catalogue.py",
        "MINIMUM_BASE = 10\n",
        "MINIMUM_BASE = 1\n",
        # In the sample a place with so few people has no rate for other reasons, too.
        "tests/unit/test_progress.py",
    ),
    Mutant(
        "no bound under a share of none",
        "data_access/values.py",
        "    if top.value <= 0:\n",
        "    if top.value < 0:\n",
        _VERGELIJKEN,
    ),
    Mutant(
        "every figure outside the line stands out",
        "dashboard/comparison/multiple_testing.py",
        'return multipletests(values, alpha=false_discoveries, method="fdr_bh")[0]',
        "return values < false_discoveries",
        _VERGELIJKEN,
    ),
    Mutant(
        "Overzicht shows another quarter",
        "dashboard/overview/view.py",
        "selection.language, selection.gemeente, selection.period",
        'selection.language, selection.gemeente, "2024-Q2"',
        _OVERZICHT,
    ),
    Mutant(
        "a target of any period",
        "dashboard/overview/headline.py",
        '        & (targets["period"] == period)\n',
        "",
        _OVERZICHT,
    ),
    Mutant(
        "the legend's colours reversed",
        "dashboard/cartography/legend.py",
        "colour_of(place, len(drawn.classes))",
        "colour_of(len(drawn.classes) - 1 - place, len(drawn.classes))",
        _KAART,
    ),
    Mutant(
        "fills of no data and not shown swapped",
        "dashboard/cartography/choropleth.py",
        '"no_data": theme.NO_DATA,',
        '"no_data": theme.NOT_SHOWN,',
        _KAART,
    ),
    Mutant(
        "Wijk shows the whole gemeente",
        "dashboard/wijk/view.py",
        "selection.wijk or gemeente",
        "gemeente",
        _WIJK,
    ),
    Mutant(
        "the cover of money ignores the wijk",
        "dashboard/spending/cover.py",
        "door.money_of_places(lapsing.GROUPS, selection.wijk)",
        "door.money_of_places(lapsing.GROUPS)",
        _BESTEDING,
    ),
    Mutant(
        "a statement without its source",
        "dashboard/wijk/organisations.py",
        "source=_source(row, language),",
        'source="",',
        _WIJK,
    ),
    Mutant(
        "a new gemeente keeps the old wijk",
        "dashboard/address/reader_choices.py",
        '"gemeente": ("wijk", "organisatie", "contract", "keuze"),',
        '"gemeente": ("organisatie", "contract", "keuze"),',
        _ADRES,
    ),
    Mutant(
        "key figures of the newest quarter",
        "dashboard/wijk/profile.py",
        "        not in hidden",
        "        not in ()",
        _WIJK,
    ),
    Mutant(
        "everybody's residents are on bijstand",
        "dashboard/wijk/view.py",
        'count = number(here["residents"], language)',
        'count = number(here["bijstand"], language)',
        _WIJK,
    ),
    Mutant(
        "organisations of other wijken",
        "dashboard/wijk/organisations.py",
        'return mine[[wijk in codes.split(",") for codes in mine["wijk_codes"]]]',
        "return mine",
        _WIJK,
    ),
    Mutant(
        "an invented organisation does not say so",
        "dashboard/wijk/organisations.py",
        'if first["invented"]:',
        'if first["invented"] and language == "en":',
        _WIJK,
    ),
    Mutant(
        "kinds of work counted twice",
        "dashboard/wijk/outflow.py",
        'rest = (whole["value"] - kinds["value"].sum()).clip(lower=0)',
        'rest = whole["value"]',
        _WIJK,
    ),
    Mutant(
        "money of the oldest year",
        "dashboard/spending/by_nature.py",
        'last = money[money["year"] == money["year"].max()]',
        'last = money[money["year"] == money["year"].min()]',
        _WIJK,
    ),
    Mutant(
        "a step of money told as exact",
        "dashboard/wijk/money.py",
        'amount = euro_range(last["euros"], last["euros"] + last["step"], language)',
        'amount = euro_range(last["euros"], last["euros"], language)',
        _WIJK,
    ),
    Mutant(
        "the ladder of the newest quarter",
        "dashboard/progress/ladder.py",
        'known = rows[shown_in(rows) & (rows["period"] <= until)]',
        "known = rows[shown_in(rows)]",
        _WIJK,
    ),
    Mutant(
        "level three counted as work",
        "dashboard/progress/ladder.py",
        'WORKING_LEVELS = ("4", "5", "6")',
        'WORKING_LEVELS = ("3", "4", "5", "6")',
        _WIJK,
    ),
    Mutant(
        "Doorstroom ignores the wijk",
        "dashboard/progress/view.py",
        'wijk = "" if chosen.value else selection.wijk',
        'wijk = ""',
        _DOORSTROOM,
    ),
    Mutant(
        "Doorstroom ignores the organisation",
        "dashboard/progress/view.py",
        "door.counts(chain.MEASURES, wijk, chosen.value, periods)",
        'door.counts(chain.MEASURES, wijk, "", periods)',
        _DOORSTROOM,
    ),
    Mutant(
        "shares of different people",
        "dashboard/progress/chain.py",
        'return bool(one["without"] == other["without"] and one["missing"] == other["missing"])',
        "return True",
        _DOORSTROOM,
    ),
    Mutant(
        "who is left out is not said",
        "dashboard/progress/chain.py",
        'without = rows[shown_in(rows) & (rows["without"] > 0)]',
        'without = rows[shown_in(rows) & (rows["without"] > 1000)]',
        _DOORSTROOM,
    ),
    Mutant(
        "steps down drawn as steps up",
        "dashboard/progress/charts.py",
        '{"up": 1, "down": -1}',
        '{"up": 1, "down": 1}',
        _DOORSTROOM,
    ),
)


def main() -> int:
    """Try the faults and print what was not noticed."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    missed = 0
    for each in MUTANTS:
        if word in each.name:
            said = noticed(each)
            missed += bool(said)
            print(f"{'MISSED' if said else 'noticed'}  {each.name}  {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
