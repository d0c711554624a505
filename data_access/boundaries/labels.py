"""What each feature of a file is: code, names, key figures; and whether it is a wijk at all."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.boundaries.geojson import Feature
from data_access.cbs.codes import AreaCode, area_code
from data_access.cbs.columns import AmbiguousColumns, Meaning, find_columns
from data_access.cbs.figures import Figures, read_figures
from data_access.cbs.refusal import FileRefused, check_years, name_faults
from data_access.same_wijk import plain_name
from indicators.vocabulary import Text

_WATER = Text("water", "water")
_ABROAD = Text("buitenland", "abroad")
_NO_WIJK = Text("geen wijk maar een gemeente of buurt", "not a wijk but a gemeente or buurt")
_YES = "ja"

_DOWNLOAD = Text(
    "Download de wijken (CBS Wijk- en Buurtkaart, of PDOK 'wijken') als GeoJSON en laad die.",
    "Download the wijken (CBS Wijk- en Buurtkaart, or PDOK 'wijken') as GeoJSON and load those.",
)


@dataclass(frozen=True)
class Label:
    """What a feature says about itself; '' for a name that the file does not tell."""

    feature: Feature
    code: AreaCode
    name: str
    gemeente_name: str
    figures: Figures
    says_water: bool

    def reason_to_skip(self) -> Text | None:
        """Return why this is no wijk to load, or None when it is one."""
        if self.code.kind != "wijk":
            return _NO_WIJK
        if self.code.is_abroad:
            return _ABROAD
        return _WATER if self.says_water or self.code.is_water(self.name) else None


def read_labels(
    path: Path, edition: int, features: list[Feature]
) -> tuple[list[Label], list[Text]]:
    """Return the labels of all features, and the faults in them.

    Raises FileRefused when there is no column with codes, when the file is of another year, or
    when it holds no wijken (but gemeenten or buurten).
    """
    columns = _columns(path, features)
    if Meaning.YEAR in columns:
        years = {_text(each, columns[Meaning.YEAR]) for each in features}
        check_years(path, edition, years)
    labels, faults = [], []
    for feature in features:
        try:
            code = area_code(feature.properties.get(columns[Meaning.CODE]))
        except ValueError:
            faults.append(_no_code(feature, columns[Meaning.CODE]))
            continue
        label, wrong = _label(feature, code, columns)
        labels.append(label)
        faults += wrong
    if not any(each.code.kind == "wijk" for each in labels) and not faults:
        raise FileRefused(path, _instead_of_wijken(labels))
    return labels, faults


def where(feature: Feature) -> Text:
    """Return how faults call a feature."""
    return Text(f"feature {feature.number}", f"feature {feature.number}")


def _columns(path: Path, features: list[Feature]) -> dict[Meaning, str]:
    names = list(dict.fromkeys(name for each in features for name in each.properties))
    try:
        columns = find_columns(names)
    except AmbiguousColumns as error:
        listed = ", ".join(error.names)
        raise FileRefused(
            path,
            Text(
                f"deze eigenschappen lijken hetzelfde te betekenen: {listed}. Laat er een weg.",
                f"these properties seem to mean the same: {listed}. Leave one out.",
            ),
        ) from error
    if Meaning.CODE not in columns:
        listed = ", ".join(names[:20]) or "-"
        raise FileRefused(
            path,
            Text(
                f"geen eigenschap met de wijkcode gevonden (wel: {listed}). Verwacht: statcode, "
                "WK_CODE, wijkcode of code, met waarden als WK008061.",
                f"found no property with the wijk code (but: {listed}). Expected: statcode, "
                "WK_CODE, wijkcode or code, with values such as WK008061.",
            ),
        )
    return columns


def _label(
    feature: Feature, code: AreaCode, columns: dict[Meaning, str]
) -> tuple[Label, list[Text]]:
    figures, faults = read_figures(where(feature), columns, feature.properties)
    label = Label(
        feature,
        code,
        plain_name(_text(feature, columns.get(Meaning.NAME))),
        _text(feature, columns.get(Meaning.GEMEENTE_NAME)).strip(),
        figures,
        says_water=_text(feature, columns.get(Meaning.WATER)).strip().casefold() == _YES,
    )
    if label.reason_to_skip() is not None:
        return label, []
    return label, faults + name_faults(where(feature), code.text, label.name)


def _text(feature: Feature, column: str | None) -> str:
    value: Any = feature.properties.get(column) if column else None
    return "" if value is None else str(value)


def _no_code(feature: Feature, column: str) -> Text:
    value, place = feature.properties.get(column), where(feature)
    return Text(
        f"{place.nl}: '{value}' in {column} is geen code als WK008061.",
        f"{place.en}: '{value}' in {column} is not a code such as WK008061.",
    )


def _instead_of_wijken(labels: list[Label]) -> Text:
    kinds = {each.code.kind for each in labels}
    instead = next((kind for kind in ("buurt", "gemeente") if kind in kinds), "gebied")
    plural = {
        "buurt": Text("buurten", "buurten"),
        "gemeente": Text("gemeenten", "gemeenten"),
        "gebied": Text("andere gebieden", "other areas"),
    }[instead]
    return Text(
        f"dit bestand bevat {plural.nl}, geen wijken. {_DOWNLOAD.nl}",
        f"this file holds {plural.en}, no wijken. {_DOWNLOAD.en}",
    )
