"""References: whatever a row points to is in the same delivery or already in the register.

Which fields point where follows from the foreign keys of the register.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known, gemeente_of_area
from data_access.deliveries.registry import Reference, files_of_table
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import Key, stored_by_key
from data_access.deliveries.withdrawing import Withdrawals
from indicators.vocabulary import Text

Named = tuple[ParsedRow, Key]


def reference_faults(
    connection: Connection, delivery: Delivery, known: Known, withdrawals: Withdrawals
) -> Iterator[Fault]:
    """Yield a fault for each row that points to something that is nowhere, or that is to go."""
    for parsed in delivery.files.values():
        for reference in parsed.file.references:
            fields = parsed.file.written(reference.fields)
            wrong = _wrong(connection, delivery, parsed, reference, withdrawals)
            if reference.table == register.wijk.name:
                yield from _wijk_faults(parsed, fields, wrong, known)
            else:
                for row, _ in wrong:
                    yield parsed.fault(row, fields, _expected(reference))
        if parsed.file.table is register.target:
            yield from _target_faults(connection, delivery, parsed)


def _wrong(
    connection: Connection,
    delivery: Delivery,
    parsed: ParsedFile,
    reference: Reference,
    withdrawals: Withdrawals,
) -> list[Named]:
    named = [(row, key) for row, key in parsed.complete(reference.fields) if None not in key]
    unknown = _unknown(connection, delivery, reference, {key for _, key in named})
    unknown |= withdrawals.keys_of(reference.table)
    return [(row, key) for row, key in named if key in unknown]


def _unknown(
    connection: Connection, delivery: Delivery, reference: Reference, keys: set[Key]
) -> set[Key]:
    absent = keys - delivery.keys_of(reference.table, reference.referred)
    table = register.metadata.tables[reference.table]
    return absent - set(stored_by_key(connection, table, reference.referred, absent))


def _expected(reference: Reference) -> Text:
    if reference.table == register.quarter.name:
        return Text("een kwartaal van 2010-Q1 tot en met 2045-Q4", "a quarter, 2010-Q1 to 2045-Q4")
    files = " / ".join(file.name for file in files_of_table(reference.table))
    return Text(
        f"iets dat in {files} van deze levering staat of al in het register",
        f"something that is in {files} of this delivery or already in the register",
    )


def _wijk_faults(
    parsed: ParsedFile, fields: tuple[str, ...], wrong: Sequence[Named], known: Known
) -> Iterator[Fault]:
    """Say which years there are: once for the file when a whole year of a gemeente is unknown."""
    editions: dict[str, set[int]] = defaultdict(set)
    years: dict[str, set[int]] = defaultdict(set)
    for code, edition in known.wijk_names:
        editions[str(gemeente_of_area(code))].add(edition)
        years[code].add(edition)
    unknown_years: dict[tuple[str, int], list[ParsedRow]] = defaultdict(list)
    for row, (code, edition) in wrong:
        gemeente = str(gemeente_of_area(code))
        if editions[gemeente] and edition not in editions[gemeente]:
            unknown_years[gemeente, edition].append(row)
        else:
            yield parsed.fault(row, fields, _wijk_expected(code, years[code]))
    for (gemeente, _), rows in unknown_years.items():
        expected = _year_expected(gemeente, editions[gemeente], len(rows), known)
        yield parsed.fault(rows[0], fields[-1:], expected)


def _wijk_expected(code: str, years: set[int]) -> Text:
    if not years:
        return Text(
            f"een wijk die in wijken.csv van deze levering staat of al in het register; {code} is "
            "in geen enkel jaar bekend",
            f"a wijk that is in wijken.csv of this delivery or already in the register; {code} is "
            "not known in any year",
        )
    listed = _listed(years)
    return Text(
        f"een wijkjaar waarin {code} in wijken.csv van deze levering staat of in het register: "
        f"{listed}",
        f"a wijkjaar (edition) in which {code} is in wijken.csv of this delivery or in the "
        f"register: {listed}",
    )


def _year_expected(gemeente: str, years: set[int], rows: int, known: Known) -> Text:
    listed, called = _listed(years), known.called(gemeente)
    many_nl = f"; dit geldt voor {rows} rijen van dit bestand" if rows > 1 else ""
    many_en = f"; this holds for {rows} rows of this file" if rows > 1 else ""
    return Text(
        f"een wijkjaar waarvan de wijken van {called} in wijken.csv van deze levering staan of in "
        f"het register: {listed}{many_nl}",
        f"a wijkjaar (edition) of which the wijken of {called} are in wijken.csv of this delivery "
        f"or in the register: {listed}{many_en}",
    )


def _listed(years: set[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))


def _target_faults(
    connection: Connection, delivery: Delivery, parsed: ParsedFile
) -> Iterator[Fault]:
    named: list[Named] = list(parsed.complete(("area_code",)))
    unknown = {key for _, key in named}
    for table in (register.gemeente, register.wijk):
        reference = Reference(("area_code",), table.name, ("code",))
        unknown = _unknown(connection, delivery, reference, unknown)
    for row, key in named:
        if key in unknown:
            expected = Text(
                "een gebied dat in gemeenten.csv of wijken.csv van deze levering staat of al in "
                "het register",
                "an area that is in gemeenten.csv or wijken.csv of this delivery or already in "
                "the register",
            )
            yield parsed.fault(row, ("area_code",), expected)
