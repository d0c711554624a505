"""Deliberate faults in what a reader sees: the content tests must notice every one of them.

``python -m tests.mutants [WORD]`` tries those whose name holds WORD; tests/content/test_mutants.py
tries MUTANTS in the test run. A fault counts as noticed when an assertion about content fails: a
crash or a failed import is none, and a patch that no longer applies fails the run.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Without the conftest of all tests, which imports a browser and a database server's client.
_LINKED = (
    *("dashboard", "indicators", "data_access", "sample_data", "static", "pyproject.toml"),
    *("tests/__init__.py", "tests/content", "tests/unit/test_progress.py"),
    *("tests/first_year.py", "tests/keys.py", "tests/small_delivery.py"),
)
SECONDS = 300


@dataclass(frozen=True)
class Mutant:
    """One fault: `old` becomes `new` in `file`; `tests` is the test (or file) that must notice it.

    Those of MUTANTS name the fewest tests that do: most of what a run costs is the imports.
    """

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
        for name in _LINKED:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).symlink_to(ROOT / name)
        changed = _made_own(place, Path(mutant.file))
        changed.write_text(source.replace(mutant.old, mutant.new), encoding="utf-8")
        return _outcome(place, mutant)


def _made_own(place: Path, file: Path) -> Path:
    """Turn the links on the way to a file into folders of links, and the file into one of its own.

    So all other modules are where they were, compiled, and only this one differs.
    """
    for folder in reversed(file.parents[:-1]):
        linked = place / folder
        linked.unlink()
        linked.mkdir()
        for each in (ROOT / folder).iterdir():
            if each.name != "__pycache__":
                (linked / each.name).symlink_to(each)
    (place / file).unlink()
    return place / file


def _outcome(place: Path, mutant: Mutant) -> str:
    report = place / "report.xml"
    command = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"),
        f"--junitxml={report}",
        mutant.tests,
    ]
    environment = {**os.environ, "PYTHONPATH": str(place), "MUTANT": "1"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
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
_DOORSTROOM, _RESULTATEN = "tests/content/test_progress.py", "tests/content/test_results.py"
_VERANTWOORDING = "tests/content/test_accountability.py"
_BESTEDING, _ADRES = "tests/content/test_spending.py", "tests/content/test_address.py"

MUTANTS = (
    Mutant(
        "a rate on one person",
        "indicators/catalogue.py",
        "MINIMUM_BASE = 10\n",
        "MINIMUM_BASE = 1\n",
        # In the sample a place with so few people has no rate for other reasons, too.
        "tests/unit/test_progress.py::test_share_is_an_interval_and_only_on_enough_people",
    ),
    Mutant(
        "no bound under a share of none",
        "data_access/values.py",
        "    if top.value <= 0:\n",
        "    if top.value < 0:\n",
        f"{_VERGELIJKEN}::test_table_has_every_unit_with_its_rate_interval_base_and_verdict[GM0080-organisaties-outflow_per_100_volunteers-2025-nl]",
    ),
    Mutant(
        "every figure outside the line stands out",
        "dashboard/comparison/multiple_testing.py",
        'return multipletests(values, alpha=false_discoveries, method="fdr_bh")[0]',
        "return values < false_discoveries",
        f"{_VERGELIJKEN}::test_table_has_every_unit_with_its_rate_interval_base_and_verdict[GM0080-wijken-volunteers_per_1000-2025-Q4-en]",
    ),
    Mutant(
        "Overzicht shows another quarter",
        "dashboard/overview/view.py",
        "selection.language, selection.gemeente, selection.period",
        'selection.language, selection.gemeente, "2024-Q2"',
        f"{_OVERZICHT}::test_cards_have_the_figures_of_their_period[GM0085-2025-Q4-nl]",
    ),
    Mutant(
        "a target of any period",
        "dashboard/overview/headline.py",
        "if (indicator, area, when) == (shown.id, gemeente, period)",
        "if (indicator, area) == (shown.id, gemeente)",
        f"{_OVERZICHT}::test_targets_are_those_of_the_gemeente_in_that_very_period[GM0080-2025-Q2-nl]",
    ),
    Mutant(
        "the legend's colours reversed",
        "dashboard/cartography/legend.py",
        "colour_of(place, len(drawn.classes))",
        "colour_of(len(drawn.classes) - 1 - place, len(drawn.classes))",
        f"{_KAART}::test_every_wijk_has_the_colour_that_the_legend_gives_its_figure[GM0080-volunteers_per_1000-2025-Q4-nl]",
    ),
    Mutant(
        "fills of no data and not shown swapped",
        "dashboard/cartography/choropleth.py",
        '"no_data": theme.NO_DATA,',
        '"no_data": theme.NOT_SHOWN,',
        f"{_KAART}::test_every_wijk_has_the_colour_that_the_legend_gives_its_figure[GM0014-outflow-2022-nl]",
    ),
    Mutant(
        "Wijk shows the whole gemeente",
        "dashboard/wijk/view.py",
        "selection.wijk or gemeente",
        "gemeente",
        f"{_WIJK}::test_the_page_is_about_the_place_that_was_chosen[GM0080-WK008060-2025-Q4-en]",
    ),
    Mutant(
        "the cover of money ignores the wijk",
        "dashboard/spending/lasting_and_lapsing.py",
        "door.money_of_places(lapsing.GROUPS, selection.wijk)",
        "door.money_of_places(lapsing.GROUPS)",
        f"{_BESTEDING}::test_cover_says_what_lapses_when_and_what_is_left[GM0080-WK008060-2025-en]",
    ),
    Mutant(
        "a statement without its source",
        "dashboard/wijk/organisations.py",
        "source=_source(row, language),",
        'source="",',
        f"{_WIJK}::test_organisations_are_those_of_the_place_with_their_own_words_and_source[GM0080-WK008060-2025-Q4-en]",
    ),
    Mutant(
        "a new gemeente keeps the old wijk",
        "dashboard/address/reader_choices.py",
        '"gemeente": ("wijk", "organisatie", "contract", "keuze"),',
        '"gemeente": ("organisatie", "contract", "keuze"),',
        f"{_ADRES}::test_a_new_gemeente_leaves_the_old_wijk_organisation_contract_and_pair_behind",
    ),
    Mutant(
        "key figures of the newest quarter",
        "dashboard/wijk/profile.py",
        "        not in hidden",
        "        not in ()",
        f"{_WIJK}::test_cards_are_the_counts_of_the_chosen_period_or_the_year_before[GM0085-WK008509-2025-Q4-nl]",
    ),
    Mutant(
        "everybody's residents are on bijstand",
        "dashboard/wijk/view.py",
        'count = number(here["residents"], language)',
        'count = number(here["bijstand"], language)',
        f"{_WIJK}::test_the_page_is_about_the_place_that_was_chosen[GM0080-WK008060-2025-Q4-en]",
    ),
    Mutant(
        "organisations of other wijken",
        "dashboard/wijk/organisations.py",
        'return mine[[wijk in codes.split(",") for codes in mine["wijk_codes"]]]',
        "return mine",
        f"{_WIJK}::test_organisations_are_those_of_the_place_with_their_own_words_and_source[GM0080-WK008060-2025-Q4-en]",
    ),
    Mutant(
        "an invented organisation does not say so",
        "dashboard/wijk/organisations.py",
        'if first["invented"]:',
        'if first["invented"] and language == "en":',
        f"{_WIJK}::test_organisations_are_those_of_the_place_with_their_own_words_and_source[GM0080-2025-Q4-nl]",
    ),
    Mutant(
        "kinds of work counted twice",
        "dashboard/wijk/outflow.py",
        'value = max(value - sum(each["value"] for each in kinds), 0)',
        "value = max(value, 0)",
        f"{_WIJK}::test_drawn_outflow_adds_up_to_the_published_whole[GM0080-WK008060-2025-Q4-en]",
    ),
    Mutant(
        "money of the oldest year",
        "dashboard/spending/by_nature.py",
        'last = money[money["year"] == money["year"].max()]',
        'last = money[money["year"] == money["year"].min()]',
        f"{_WIJK}::test_money_is_exact_by_nature_or_in_steps_by_outcome[GM0080-2025-Q4-nl]",
    ),
    Mutant(
        "a step of money told as exact",
        "dashboard/wijk/money.py",
        'amount = euro_range(last["euros"], last["euros"] + last["step"], language)',
        'amount = euro_range(last["euros"], last["euros"], language)',
        f"{_WIJK}::test_money_is_exact_by_nature_or_in_steps_by_outcome[GM0085-WK008509-2025-Q4-nl]",
    ),
    Mutant(
        "the ladder of the newest quarter",
        "dashboard/progress/ladder.py",
        'if is_shown(row) and row["period"] <= until]',
        "if is_shown(row)]",
        f"{_WIJK}::test_ladder_is_told_of_the_chosen_quarter[GM0080-2024-Q2-en]",
    ),
    Mutant(
        "level three counted as work",
        "dashboard/progress/ladder.py",
        'WORKING_LEVELS = ("4", "5", "6")',
        'WORKING_LEVELS = ("3", "4", "5", "6")',
        f"{_WIJK}::test_ladder_is_told_of_the_chosen_quarter[GM0080-2025-Q4-nl]",
    ),
    Mutant(
        "Doorstroom ignores the wijk",
        "dashboard/progress/view.py",
        'wijk = "" if chosen.value else selection.wijk',
        'wijk = ""',
        f"{_DOORSTROOM}::test_table_has_every_stage_with_its_number[GM0080-WK008060-2024-nl]",
    ),
    Mutant(
        "Doorstroom ignores the organisation",
        "dashboard/progress/view.py",
        "door.counts(chain.MEASURES, wijk, chosen.value, periods)",
        'door.counts(chain.MEASURES, wijk, "", periods)',
        f"{_DOORSTROOM}::test_table_has_every_stage_with_its_number[GM0080-wijkbedrijf-bilgaard-2023-nl]",
    ),
    Mutant(
        "shares of different people",
        "dashboard/progress/chain.py",
        'return bool(one["without"] == other["without"] and one["missing"] == other["missing"])',
        "return True",
        f"{_DOORSTROOM}::test_shares_are_intervals_of_the_same_people[GM0080-2025-nl]",
    ),
    Mutant(
        "who is left out is not said",
        "dashboard/progress/chain.py",
        'if is_shown(row) and row["without"] > 0:',
        'if is_shown(row) and row["without"] > 1000:',
        f"{_DOORSTROOM}::test_what_is_left_out_is_said_with_the_number_of_people[GM0080-2025-nl]",
    ),
    Mutant(
        "steps down drawn as steps up",
        "dashboard/progress/charts.py",
        '{"up": 1, "down": -1}',
        '{"up": 1, "down": 1}',
        f"{_DOORSTROOM}::test_moves_are_those_of_the_cohort_year[GM0080-2025-nl]",
    ),
)

# Tried by `.ci/long` and by hand: all that were noticed once.
MORE = (
    Mutant(
        "Resultaten: a judged-not-achieved bar has the colour of achieved",
        "dashboard/results/charts.py",
        '    "no": theme.HIGHLIGHT,',
        '    "no": theme.PRIMARY,',
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: the residents' judgement is the administration's",
        "dashboard/results/states.py",
        '    "judged_yes": ("results_judged", "yes"),',
        '    "judged_yes": ("results_checked", "yes"),',
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: the oldest twelve quarters' states are shown as the last",
        "dashboard/results/view.py",
        "quarters[-1]",
        "quarters[0]",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: room is counted with claimed results",
        "dashboard/results/states.py",
        '(now["tariff"] * now["paid"])',
        '(now["tariff"] * now["claimed"])',
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: what a financier paid is not its share",
        "dashboard/results/states.py",
        'paid = financiers["share"] * spent',
        'paid = 0.5 * spent + 0 * financiers["share"]',
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: rounding is not in the cost of a result",
        "dashboard/results/judgements.py",
        'error=row["verdict_error"])',
        "error=0)",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: the place with the least is named",
        "dashboard/results/places.py",
        'known["residents"].idxmax()',
        'known["residents"].idxmin()',
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: a hidden verdict of a place is a zero",
        "data_access/result_states.py",
        '            and_(c.status == "not_shown", _has_claims()),\n',
        "",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: verdicts of part of the results are a cost of all",
        "dashboard/results/judgements.py",
        ' or row["left_out"]:\n        return None',
        ":\n        return None",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: what verdicts leave out is not said",
        "dashboard/results/states.py",
        'if row["left_out"] and not row["judged_hidden"]:',
        "if False:",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: the pace of one quarter",
        "dashboard/comparison/forecast.py",
        "PACE_QUARTERS = 4",
        "PACE_QUARTERS = 1",
        _RESULTATEN,
    ),
    Mutant(
        "Resultaten: a sum of zeros is at most four",
        "dashboard/results/states.py",
        "float(np.ceil(np.sqrt((furthest**2).sum())))",
        "float(furthest.max())",
        _RESULTATEN,
    ),
    Mutant(
        "Besteding: small places are exact in the table",
        "dashboard/spending/amounts.py",
        'row[name] + row[f"{name}_step"], language, digits)\n\n    def raw',
        "row[name], language, digits)\n\n    def raw",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: the finding is about the whole gemeente",
        "dashboard/spending/per_outcome.py",
        'rows[rows["place"] == here.code]',
        'rows[rows["place"] == gemeente]',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: money of small wijken is left out",
        "dashboard/spending/per_outcome.py",
        'amounts.with_elsewhere(amounts.by_place(values, "area_code", names), others)',
        'amounts.by_place(values, "area_code", names)',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: optimism is not taken off",
        "dashboard/comparison/avoided_cost.py",
        'sum(year.present_value for year in yearly(values)) * (1 - values["optimism"])',
        "sum(year.present_value for year in yearly(values))",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: an end of the reader's does not count",
        "dashboard/spending/avoided_sum.py",
        "avoided.given_ends(asked)",
        "{}",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: the count of a wijk's avoided cost is the gemeente's",
        "dashboard/spending/avoided_sum.py",
        'door.counts(measures, selection.wijk, "", (year,))',
        'door.counts(measures, "", "", (year,))',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: the smallest financier is called the largest",
        "dashboard/spending/amounts.py",
        'rows.sort_values("total", ascending=False).reset_index(drop=True)',
        'rows.sort_values("total").reset_index(drop=True)',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: the calendar begins with the last date",
        "dashboard/spending/lapsing.py",
        '["ends_on", "after"], ascending=[True, False]',
        '["ends_on", "after"], ascending=[False, False]',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: the maximum of a year is that of a month",
        "dashboard/spending/allowance.py",
        "[maximum for _, maximum in of_year]",
        "[maximum for maximum, _ in of_year]",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: classes of the legend do not fit the bars",
        "dashboard/spending/charts.py",
        '"parts": parts,',
        '"parts": parts[::-1],',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: a source is left out",
        "dashboard/spending/subject.py",
        '[door.measure("spending").source.in_language(language)]',
        '["?"]',
        _BESTEDING,
    ),
    Mutant(
        "Besteding: Benjamini-Hochberg is p < 0.05",
        "dashboard/comparison/judgement.py",
        "certain = stands_out(chances) & (enough or tau_squared is None)",
        "certain = chances <= 0.05",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: a cost of which people are left out is judged",
        "dashboard/comparison/judgement.py",
        "            ((not people) & (self.without > 0), Verdict.PARTIAL),\n",
        "",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: few outcomes for the money is a low cost",
        "dashboard/comparison/judgement.py",
        "            below & (cost[0] > of_whole),\n            above & (cost[1] < of_whole),",
        "            above & (cost[1] < of_whole),\n            below & (cost[0] > of_whole),",
        _BESTEDING,
    ),
    Mutant(
        "Besteding: where places differ the limits stay those of chance",
        "dashboard/comparison/judgement.py",
        "if always_widened or (enough and too_many(outside, counts.size)):",
        "if always_widened:",
        _BESTEDING,
    ),
    Mutant(
        "Kaart: a value in the class above",
        "dashboard/cartography/class_breaks.py",
        "value >= bound for bound in inner",
        "value > bound + 1 for bound in inner",
        _KAART,
    ),
    Mutant(
        "Kaart: the lowest figure called the highest",
        "dashboard/cartography/words.py",
        "top = max(known,",
        "top = min(known,",
        _KAART,
    ),
    Mutant(
        "Overzicht: the course runs beyond the period",
        "dashboard/overview/headline.py",
        '    course = course[course["period"] <= period]\n',
        "",
        _OVERZICHT,
    ),
    Mutant(
        "Vergelijken: limits never widened",
        "dashboard/comparison/judgement.py",
        "WIDENED_ABOVE = 0.25",
        "WIDENED_ABOVE = 1.0",
        _VERGELIJKEN,
    ),
    Mutant(
        "Verantwoording: releases of other gemeenten",
        "dashboard/accountability/releases.py",
        'return table[table["gemeente_code"] == gemeente]',
        "return table",
        _VERANTWOORDING,
    ),
    Mutant(
        "Verantwoording: what changed, the other way round",
        "dashboard/accountability/corrections.py",
        "keys[van.value], keys[naar.value]",
        "keys[naar.value], keys[van.value]",
        _VERANTWOORDING,
    ),
)


def main() -> int:
    """Try the faults and print what was not noticed."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    missed = 0
    for each in (*MUTANTS, *MORE):
        if word in each.name:
            said = noticed(each)
            missed += bool(said)
            print(f"{'MISSED' if said else 'noticed'}  {each.name}  {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
