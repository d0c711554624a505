"""Questions to a release find their cells by its primary key: none reads all of them."""

import pytest
from sqlalchemy import text

import data_access
from data_access import door, settings, shelf
from indicators.catalogue import INDICATORS

PERIODS = ("2025-Q4", "2025")
EVERYTHING = tuple(each.id for each in INDICATORS)


def _results(newest, _before):
    contracts = data_access.contracts(newest)
    pairs = zip(contracts["contract_id"], contracts["outcome_id"], strict=True)
    items = [f"{contract}/{outcome}" for contract, outcome in pairs]
    return data_access.contract_results(newest, items, ["2025-Q3", "2025-Q4"])


QUESTIONS = {
    "panel": lambda newest, _: data_access.panel(newest, EVERYTHING, PERIODS, ""),
    "series": lambda newest, _: data_access.series(newest, "volunteers", "GM0080"),
    "series of a wijk": lambda newest, _: data_access.series(newest, "outflow", "WK008060"),
    "organisations": lambda newest, _: data_access.by_organisation(newest, EVERYTHING, PERIODS),
    "counts": lambda newest, _: data_access.counts(newest, ("ladder_level",), "GM0080"),
    "statements": lambda newest, _: data_access.organisations(newest, "2025-Q4"),
    "results": _results,
    "changes": lambda newest, before: data_access.changes(before, newest),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_reads_all_cells(name, monkeypatch):
    monkeypatch.setenv("RELEASES", str(settings.SHIPPED_RELEASES))
    shelf.forget()
    before, newest = sorted(
        (key for key in shelf.shelf().paths if key.gemeente == "GM0080"), key=lambda key: key.number
    )[-2:]
    plans: list[str] = []

    def explained(release, question, beside=None):
        paths = shelf.shelf().paths
        engine = door._engine(paths[release], None if beside is None else paths[beside])
        written = question.compile(engine, compile_kwargs={"literal_binds": True})
        with engine.connect() as connection:
            rows = connection.execute(text(f"EXPLAIN QUERY PLAN {written}".replace(":", r"\:")))
            plans.extend(row.detail for row in rows)
            return connection.execute(question).all()

    monkeypatch.setattr(door, "ask_rows", explained)
    for module in ("values", "release", "result_states"):
        if hasattr(getattr(data_access, module, None), "ask_rows"):
            monkeypatch.setattr(f"data_access.{module}.ask_rows", explained)
    QUESTIONS[name](newest, before)
    of_cells = [each for each in plans if "pub_cell" in each or " old" in each or " new" in each]
    assert of_cells
    # To compare two releases one of them has to be read; its cells are looked up in the other.
    compared = ("SCAN old", "SCAN new")
    assert [each for each in of_cells if each.startswith("SCAN") and each not in compared] == []
    assert any("gemeente_code=?" in each for each in of_cells)
