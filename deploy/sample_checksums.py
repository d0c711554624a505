"""Write which deliveries are the shipped sample's into data_access/sample_deliveries.py.

    python -m deploy.sample_checksums     after a change of the sample's files

Before `python -m deploy.sample_releases`, which needs the sample's key.
"""

import re

from data_access import settings
from data_access.deliveries.folder import read_folder
from deploy.sample_releases import DELIVERIES

MODULE = settings.ROOT / "data_access" / "sample_deliveries.py"
_CONSTANT = re.compile(r"^SAMPLE_CHECKSUMS = .*?\)$", re.MULTILINE | re.DOTALL)


def checksums() -> list[str]:
    """Return the checksums of the sample's deliveries as they are on disk, in order of loading."""
    return [read_folder(folder).checksum for folder, *_ in DELIVERIES]


def write_checksums() -> None:
    """Replace the constant in the module."""
    lines = "".join(f'        "{each}",\n' for each in checksums())
    constant = f"SAMPLE_CHECKSUMS = frozenset(\n    {{\n{lines}    }}\n)"
    source, times = _CONSTANT.subn(constant, MODULE.read_text(encoding="utf-8"))
    assert times == 1, "the constant stands in the module once"
    MODULE.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    write_checksums()
    print("\n".join(checksums()))
