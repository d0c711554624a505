"""The registry and the register agree, and every column is explained."""

from sqlalchemy.sql.schema import DefaultClause

from data_access import register
from data_access.deliveries import ALL_FILES, FILES, explanation
from data_access.deliveries.formats.money import OUTCOMES
from data_access.deliveries.formats.people import WORK_KINDS
from indicators import catalogue

# Filled by the product itself, or by loading as such.
NOT_DELIVERED = {
    "delivery",
    "delivery_gemeente",
    "quarter",
    "taakveld",
    "participant",
    "pseudonym_key",
    "disclosure_key",
    "leaf_threshold",
    "settled",
    "counted",
    "standing",
    "withdrawn",
    "accepted_doubt",
    "work",
    "ledger",
    "pub.release_file",
}
# Whose row it is follows from the delivery.
WORKED_OUT = {"supplier"}


def test_every_table_has_its_file() -> None:
    tables = {file.table.name for file in FILES}
    assert tables == register.metadata.tables.keys() - NOT_DELIVERED


def test_fields_are_columns_and_what_the_register_needs_is_there() -> None:
    for file in FILES:
        columns = set(file.table.columns.keys())
        assert set(file.columns) <= columns, file.name
        needed = {
            column.name
            for column in file.table.columns
            if not column.nullable and not isinstance(column.server_default, DefaultClause)
        }
        assert file.updates_only or needed <= set(file.columns) | WORKED_OUT, file.name


def test_a_cell_may_be_empty_only_where_the_register_allows_it() -> None:
    for file in FILES:
        for field, column in file.columns.items():
            if not column.required and column.empty is None:
                assert file.table.c[field].nullable, (file.name, field)


def test_what_is_referred_to_is_loaded_first() -> None:
    seen = {"quarter", "taakveld", "participant"}
    for file in FILES:
        for reference in file.references:
            assert reference.table in seen, f"{file.name} before {reference.table}"
        seen.add(file.table.name)


def test_references_are_those_of_the_foreign_keys() -> None:
    results = next(file for file in FILES if file.name == "resultaten.csv")
    assert {(each.fields, each.table) for each in results.references} == {
        (("contract_id", "outcome_id"), "contract_outcome"),
        (("organisation_id",), "organisation"),
        (("wijk_code", "wijk_edition"), "wijk"),
    }


def test_nothing_refers_to_a_table_whose_rows_are_written_anew() -> None:
    written_anew = {file.table for file in FILES if file.other_keys}
    for table in register.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            assert constraint.referred_table not in written_anew


def test_headers_are_unique_and_dutch_words_in_small_letters() -> None:
    assert len({file.name for file in ALL_FILES}) == len(ALL_FILES)
    for file in ALL_FILES:
        headers = [column.header for column in file.columns.values()]
        assert len(set(headers)) == len(headers)
        assert all(header == header.lower().strip() for header in headers)


def test_every_column_is_explained_in_both_languages() -> None:
    for language in ("nl", "en"):
        text = explanation(language)
        for file in ALL_FILES:
            section = text.split(f"\n## {file.name}\n")[1].split("\n## ")[0]
            assert file.about.in_language(language) in section
            for column in file.columns.values():
                assert f"\n| {column.header}" in section
    for file in ALL_FILES:
        for column in file.columns.values():
            assert column.nl.strip() != column.en.strip()
            assert column.nl.endswith(".")
            assert column.en.endswith(".")


def test_an_example_is_accepted_by_its_own_column() -> None:
    for file in ALL_FILES:
        for column in file.columns.values():
            if column.kind.example:
                column.kind.parse(column.kind.example)


def test_words_in_files_cover_the_catalogue() -> None:
    assert set(OUTCOMES.values()) == {each.id for each in catalogue.OUTCOMES}
    assert set(WORK_KINDS.values()) == {each.id for each in catalogue.WORK_KINDS}
