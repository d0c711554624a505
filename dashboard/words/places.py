"""The names of places on the screen. Pure functions on frames."""

import pandas as pd

from dashboard.words.copy import t

WITHOUT_WIJK = ("elsewhere", "unknown")


def named(areas: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the areas with the places of people in no known wijk named in `language`.

    `areas`: data_access.areas.
    """
    names = {level: t(f"place.{level}", language) for level in WITHOUT_WIJK}
    return areas.assign(name=areas["level"].map(names).fillna(areas["name"]))
