"""A second release of Leeuwarden: a corrected ceiling and amount, and a second contract.

Made of the rows of the first one, so that tests of pages need no register.
"""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from data_access import release_tables as t
from data_access.release_file import Rows, checked_header, checksum, file_content, file_name
from data_access.release_file import write_file as write
from tests import releases

CITY = "GM0080"
CONTRACT = "resultaatfinanciering-leeuwarden-oost"
SECOND_CONTRACT, SECOND_NAME = "tweede-contract", "Tweede contract (verzonnen)"
REASON = ("Plafond en bedrag hersteld", "Ceiling and amount corrected")
OLD_CEILING, NEW_CEILING = 16_500_000, 17_500_000
MORE_CENTS = 100_000


def write_corrected(first: Path, folder: Path) -> Path:
    """Copy the releases in `first` to `folder`, add the corrected one and return the folder."""
    folder.mkdir(exist_ok=True)
    for path in releases.paths(first):
        shutil.copyfile(path, folder / path.name)
    [source] = [path for path in releases.paths(first) if path.name.startswith(CITY)]
    rows = {
        table: list(releases.rows_of(source, table))
        for table in t.metadata.sorted_tables
        if table is not t.pub_release
    }
    _correct(rows)
    header = replace(
        checked_header(source),
        number=2,
        made_at=datetime(2026, 4, 20, 9, 0, tzinfo=UTC),
        reason_nl=REASON[0],
        reason_en=REASON[1],
        checksum=checksum(rows),
        seal="0" * 64,
    )
    sealed, content = file_content(header, rows)
    write(folder, file_name(CITY, 2, sealed.seal), content)
    return folder


def _correct(rows: Rows) -> None:
    for payer in rows[t.pub_contract_financier]:
        if payer["contract_id"] == CONTRACT and payer["ceiling_cents"] == OLD_CEILING:
            payer["ceiling_cents"] = NEW_CEILING
    first = next(row for row in rows[t.pub_amount] if row["year"] == 2025)
    first["cents"] += MORE_CENTS
    for table in (t.pub_contract, t.pub_contract_outcome, t.pub_contract_financier):
        rows[table] += [
            {**row, "contract_id": SECOND_CONTRACT}
            | ({"name": SECOND_NAME} if table is t.pub_contract else {})
            for row in rows[table]
            if row["contract_id"] == CONTRACT
        ]
    # A contract of which nothing was delivered yet is published with counts of nothing.
    rows[t.pub_cell] += [
        {**row, "item": row["item"].replace(CONTRACT, SECOND_CONTRACT), "value": 0}
        for row in rows[t.pub_cell]
        if row["item"].startswith(f"{CONTRACT}/") and row["status"] == "published"
    ]
