"""Read a file as text, or say in a sentence what it is instead."""

import re
from pathlib import Path

from data_access.cbs.refusal import FileRefused
from indicators.vocabulary import Text

_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TO_GEOJSON = "ogr2ogr -f GeoJSON -t_srs EPSG:4326 wijken.geojson"
_BINARY_FORMATS = (
    (b"SQLite format 3", "GeoPackage"),
    (b"PK\x03\x04", "ZIP / XLSX"),
    (b"\x00\x00\x27\x0a", "Shapefile"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "PDF"),
)

_TABLE_NO_MAP = Text(
    "dit is een tabel, geen kaart. Kerncijfers laadt u met: python -m data_access figures",
    "this is a table, not a map. Load key figures with: python -m data_access figures",
)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the file. Raises FileRefused when it is missing, empty or unreadable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(
            path,
            Text(
                "dit bestand bestaat niet of is niet te lezen. Controleer het pad.",
                "this file does not exist or cannot be read. Check the path.",
            ),
        ) from error
    if not content.strip():
        raise FileRefused(path, Text("dit bestand is leeg.", "this file is empty."))
    return content


def binary_format(content: bytes) -> str:
    """Return the name of the binary format of the content, or '' when it may be text."""
    for start, name in _BINARY_FORMATS:
        if content.startswith(start):
            return name
    return "binary" if b"\x00" in content[:4096] else ""


def no_geojson(path: Path, what: str) -> FileRefused:
    """Return the refusal of a file of boundaries that is no GeoJSON; `what` it is, or ''."""
    if path.suffix.lower() == ".csv":
        return FileRefused(path, _TABLE_NO_MAP)
    known = f" ({what})" if what else ""
    return FileRefused(
        path,
        Text(
            f"dit is geen GeoJSON{known}. Zet de kaart om naar GeoJSON in WGS84, met QGIS (Opslaan "
            f"als GeoJSON, EPSG:4326) of met: {_TO_GEOJSON} {path.name}",
            f"this is not GeoJSON{known}. Convert the map to GeoJSON in WGS84, with QGIS (Save as "
            f"GeoJSON, EPSG:4326) or with: {_TO_GEOJSON} {path.name}",
        ),
    )


def wrong_coordinates(path: Path, found: Text) -> FileRefused:
    """Return the refusal of boundaries that are not longitude and latitude in WGS84."""
    return FileRefused(
        path,
        Text(
            f"{found.nl} Nodig zijn lengte- en breedtegraden in WGS84. Zet de kaart om met QGIS "
            f"(Opslaan als GeoJSON, EPSG:4326) of met: {_TO_GEOJSON} {path.name}",
            f"{found.en} Longitudes and latitudes in WGS84 are needed. Convert the map with QGIS "
            f"(Save as GeoJSON, EPSG:4326) or with: {_TO_GEOJSON} {path.name}",
        ),
    )


def other_year_in_name(path: Path, edition: int) -> str:
    """Return the year in the file's name when that is another year than the edition, else ''."""
    years = _YEAR_IN_NAME.findall(path.stem)
    return years[0] if years and str(edition) not in years else ""
