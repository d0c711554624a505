"""Publish the sample and write its release files, which are shipped.

    python -m deploy.sample_releases [FOLDER]     usually those that are shipped

The deliveries are loaded and published in an embedded database that is thrown away, at moments
that are fixed, so that the files are the same byte for byte each time.
"""

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from data_access import settings
from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.publish import publish
from data_access.schema import make_ready
from data_access.shelf import folder_of

FOLDER = settings.ROOT / "sample_data"
# Twelve late agreements and a credit note change a closed quarter: the loader asks about each.
LATE_ROWS = 13
# Corrections of closed quarters reach figures once a year, on 1 July: whoever delivers records may
# not watch their effect release after release. So the late agreements show after that day only.
YEARLY_CORRECTION = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
DELIVERIES = (
    (FOLDER, 0, datetime(2026, 3, 17, 9, 0, tzinfo=UTC), ("", "")),
    (
        FOLDER / "nagekomen",
        LATE_ROWS,
        YEARLY_CORRECTION,
        (
            "Twaalf overeenkomsten nagekomen, creditnota verwerkt: de jaarlijkse correctie van "
            "afgesloten kwartalen",
            "Twelve agreements came late, credit note entered: the yearly correction of closed "
            "quarters",
        ),
    ),
)
_PSEUDONYM_KEY = "766f6f726265656c6420616c6c65656e20766f6f7220766572" + "7a6f6e6e656e2067656765"


def write_releases(into: Path) -> list[Path]:
    """Write the sample's release files into a folder, emptied first; return their paths."""
    os.environ["PSEUDONYM_KEY"] = _PSEUDONYM_KEY
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/sample.sqlite"
        engine = writing_engine(url)
        make_ready(engine)
        for delivery, accepted, moment, reason in DELIVERIES:
            load(delivery, engine, today=moment.date(), accept=accepted or None)
            publish(engine, reason=reason, moment=moment)
        engine.dispose()
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        for file in sorted(folder_of(url).glob("*.sqlite")):
            shutil.copyfile(file, into / file.name)
    return sorted(into.glob("*.sqlite"))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else settings.SHIPPED_RELEASES
    for path in write_releases(folder):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
