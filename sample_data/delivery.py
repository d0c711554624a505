"""How the sample is written: the delivery format, as a Dutch spreadsheet would save it.

Semicolons, UTF-8 with byte order mark, LF, decimal comma, days as 2025-12-31, ja/nee.
"""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path

Value = str | int | bool | datetime.date | None


def euro(cents: int) -> str:
    """Return cents as euros with a decimal comma."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"


def decimal(number: float | str) -> str:
    """Return a number with a decimal comma."""
    return str(number).replace(".", ",")


def as_text(value: Value) -> str:
    """Return a value as it stands in a file; None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    if any(sign in text for sign in ';"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write_table(folder: Path, name: str, header: str, rows: Iterable[Iterable[Value]]) -> None:
    """Write one file of the delivery; `header` names the columns, separated by semicolons."""
    lines = [header, *(";".join(as_text(value) for value in row) for row in rows)]
    (folder / name).write_bytes(("\ufeff" + "\n".join(lines) + "\n").encode())


def write_geojson(folder: Path, name: str, collection: dict[str, object]) -> None:
    """Write GeoJSON with one feature on each line, so that a change is readable."""
    features = collection["features"]
    assert isinstance(features, list)
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    (folder / name).write_bytes(text.encode())
