"""What a release says of itself: what is measured and shown, and the rules by which it was made."""

from datetime import date
from typing import Any

from data_access.disclosure.small_places import COARSE, FINE, GROUP_PEOPLE, GROUP_WIJKEN
from data_access.measures import known_allowance_maxima
from data_access.publish.amounts import STEP
from data_access.settings import allowance_maximum_cents
from indicators.allowance_maxima import MONTH_AND_YEAR, SOURCE
from indicators.catalogue import COUNT_BASE, HOURS_BASE, INDICATORS, MEASURES, MINIMUM_BASE
from indicators.formulas import formula
from indicators.periods import CORRECTIONS_ON
from indicators.vocabulary import LANGUAGES

_YEARS = range(2010, 2046)


def explained() -> list[dict[str, Any]]:
    """Return the rows of pub_measure: texts, formulas, units and bases per language."""
    measures = [
        {
            "kind": "measure",
            "id": each.id,
            "language": language,
            "name": each.name.in_language(language),
            "definition": each.definition.in_language(language),
            "formula": "",
            "unit": "",
            "base": each.base,
            "source": each.source.in_language(language),
        }
        for each in MEASURES
        for language in LANGUAGES
    ]
    indicators = [
        {
            "kind": "indicator",
            "id": each.id,
            "language": language,
            "name": each.name.in_language(language),
            "definition": each.definition.in_language(language),
            "formula": formula(each).in_language(language),
            "unit": each.unit.value,
            "base": 0,
            "source": each.source.in_language(language),
        }
        for each in INDICATORS
        for language in LANGUAGES
    ]
    return measures + indicators


def rules() -> list[dict[str, Any]]:
    """Return the rows of pub_setting, as they hold at this moment on this computer.

    Amounts are in whole euros; `corrections_on` is the month and day of each year on which
    corrections of closed periods come out.
    """
    fixed = {
        "rounding_base": COUNT_BASE,
        "hours_base": HOURS_BASE,
        "smallest_base": MINIMUM_BASE,
        "people_for_three_classes": COARSE,
        "people_for_all_classes": FINE,
        "wijken_in_a_group": GROUP_WIJKEN,
        "people_in_a_group": GROUP_PEOPLE,
        "money_step": STEP // 100,
        "corrections_on": date(2000, *CORRECTIONS_ON).strftime("%m-%d"),
    }
    rows = [{"name": name, "value": str(value), "source": ""} for name, value in fixed.items()]
    for year, cents in known_allowance_maxima(_YEARS).items():
        own = allowance_maximum_cents(year) is not None
        whole_year = {"name": f"allowance_maximum_{year}", "value": f"{cents / 100:g}"}
        rows.append({**whole_year, "source": "" if own else SOURCE})
    for year, (month, _) in MONTH_AND_YEAR.items():
        rows.append({"name": f"allowance_month_{year}", "value": str(month), "source": SOURCE})
    return rows
