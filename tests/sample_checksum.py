"""Print the checksum of every release of the sample, to compare one Python with another.

python -m tests.sample_checksum
"""

import tempfile
from pathlib import Path

from sqlalchemy import select

from data_access import release_tables, settings
from data_access.database import make_ready, writing_engine
from data_access.deliveries import load
from data_access.publish import publish


def checksums() -> list[str]:
    """Load and publish the sample in a new SQLite database; return its releases' checksums."""
    with tempfile.TemporaryDirectory() as folder:
        engine = writing_engine(f"sqlite:///{Path(folder) / 'sample.sqlite'}")
        make_ready(engine)
        load(settings.ROOT / "sample_data", engine)
        publish(engine)
        table = release_tables.pub_release
        with engine.connect() as connection:
            found = connection.scalars(select(table.c.checksum).order_by(table.c.checksum)).all()
        engine.dispose()
    return list(found)


if __name__ == "__main__":
    print("\n".join(checksums()))
