"""A total with a threshold of its own: parts and the line "afronding" are the total, on every page.

No gemeente of the sample has one; this register has three organisations with five wijken each, so
that enough leaves of others remain whichever organisation is left out.
"""

from datetime import UTC, datetime

import pandas as pd
import pytest

import data_access
from dashboard.comparison.figures import from_counts
from dashboard.progress import chain as progress
from dashboard.words.numbers import signed
from dashboard.words.value_text import cell_text, remarks, state_text
from data_access import register as r
from indicators.catalogue import indicator
from tests.contract.tiny_register import GEMEENTE, TinyRegister
from tests.releases import Reading, key

OUTFLOW = "outflow"
ORGANISATIONS = ("baker", "grocer", "miller")
YEARS = ("2024", "2025")
# People who went to work, by organisation, wijk and year.
WENT = {
    "baker": ((6, 8, 9, 7, 8), (9, 9, 8, 6, 7)),
    "grocer": ((7, 9, 6, 8, 9), (8, 7, 9, 9, 6)),
    "miller": ((9, 6, 8, 9, 9), (6, 9, 9, 8, 8)),
}


def filled(tiny: TinyRegister, organisations: tuple[str, ...]) -> None:
    """Add organisations with five wijken each, and people who went to work from all of them."""
    for number, name in enumerate(organisations):
        tiny.add(
            r.organisation, id=name, name=name.title(), kind="wijkbedrijf",
            gemeente_code=GEMEENTE, invented=True,
        )  # fmt: skip
        for place in range(5):
            wijk = f"WK0001{number + 1}{place}"
            tiny.wijk(wijk)
            tiny.declares(name, wijk)
            for year, went in zip(YEARS, WENT[name], strict=True):
                for person in range(went[place]):
                    who = f"{wijk}-{year}-{person}"
                    tiny.agreement(who, f"{year}-01-10", f"{year}-06-01", wijk, name)
                    tiny.placement(who, f"{year}-06-02", wijk=wijk, where=name)


def publish(reading: Reading) -> None:
    reading.publish(moment=datetime(2026, 2, 1, tzinfo=UTC))


def outflow(organisation: str = "") -> pd.Series:
    """Return the total of each year."""
    found = data_access.counts(key(GEMEENTE), [OUTFLOW], organisation_id=organisation)
    found = found[(found["category"] == "") & found["period"].isin(YEARS)]
    return found.set_index("period")


@pytest.fixture
def own_total(tiny: TinyRegister, reading: Reading) -> None:
    filled(tiny, ORGANISATIONS)
    publish(reading)


@pytest.mark.usefixtures("own_total")
def test_parts_and_rounding_are_the_total() -> None:
    whole = outflow()
    parts = sum(outflow(name)["value"].astype(int) for name in ORGANISATIONS)
    assert (whole["value"] == parts + whole["rounding"]).all()
    assert (whole["rounding"] != 0).any(), "it is no plain sum"
    assert (whole["error"] == 0).all(), "one rounding: less than its base away"
    for year, at in zip(YEARS, (0, 1), strict=True):
        true = sum(sum(WENT[name][at]) for name in ORGANISATIONS)
        assert abs(whole.loc[year, "value"] - true) <= 4
    for name in ORGANISATIONS:
        assert (outflow(name)["rounding"] == 0).all(), (
            "the figure of an organisation is a plain sum"
        )


@pytest.mark.usefixtures("own_total")
@pytest.mark.parametrize(("language", "word"), [("nl", "afronding"), ("en", "rounding")])
def test_what_pages_show_of_such_a_total_says_so(language: str, word: str) -> None:
    """The chain of getting ahead; tables, overview and wijk by the words of one published value."""
    release, whole = key(GEMEENTE), outflow()
    year = str(whole.index[whole["rounding"] != 0][0])
    said = f"{word} {signed(float(whole.loc[year, 'rounding']), language)}"
    counts = data_access.counts(release, progress.MEASURES)
    chain = progress.chain(counts, year, language)
    assert said in progress.sums_note(chain, language)
    state = progress.chain_columns(language)[-1]
    told = [row["name"] for row in chain.to_dict("records") if said in state.shown(row)]
    assert len(told) == 1
    each = indicator(OUTFLOW)
    panel = data_access.panel(release, (each.id,), (year,), "")
    shown = {row["area_code"]: row for _, row in panel.iterrows()}
    assert remarks(shown[GEMEENTE], language) == [said]
    assert said in cell_text(shown[GEMEENTE], each, language)
    assert said in state_text(shown[GEMEENTE], language)
    others = [row for code, row in shown.items() if code != GEMEENTE]
    assert not any(word in cell_text(row, each, language) for row in others)
    of_counts = from_counts(counts, [each], GEMEENTE)
    [mine] = [row for _, row in of_counts.iterrows() if row["period"] == year]
    assert remarks(mine, language) == [said]


def test_with_too_few_others_a_total_is_a_plain_sum(tiny: TinyRegister, reading: Reading) -> None:
    """Whoever knows one of two organisations would be left with the other alone."""
    filled(tiny, ORGANISATIONS[:2])
    publish(reading)
    whole = outflow()
    parts = sum(outflow(name)["value"].astype(int) for name in ORGANISATIONS[:2])
    assert (whole["value"] == parts).all()
    assert (whole["rounding"] == 0).all()
    assert (whole["error"] > 0).all()
    panel = data_access.panel(key(GEMEENTE), (OUTFLOW,), YEARS, "")
    assert (panel["rounding"] == 0).all()
