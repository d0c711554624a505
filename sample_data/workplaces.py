"""Where a new volunteer starts and what they do: organisation by wijk, activity by organisation."""

import random

from sample_data.chance import pick
from sample_data.facts import BILGAARD, LEEUWARDEN_OOST, OLDEBERKOOP, OUDE_WIJKEN, VRIJHEIDSWIJK
from sample_data.organisations import (
    DREAMFABRYK,
    REST_GRONINGEN,
    REST_LEEUWARDEN,
    REST_OOSTSTELLINGWERF,
    SPORTCENTRUM,
    W_BILGAARD,
    W_VRIJHEIDSWIJK,
    WIJK_WELZIJN,
)

ACTIVITIES = ("groen", "reparatie", "welzijn", "sport", "horeca", "administratie", "overig")
ACTIVITY_WEIGHTS = {
    W_BILGAARD: (34, 20, 22, 3, 8, 6, 7),
    W_VRIJHEIDSWIJK: (40, 22, 18, 2, 8, 5, 5),
    DREAMFABRYK: (6, 22, 18, 4, 30, 10, 10),
    SPORTCENTRUM: (6, 8, 20, 44, 14, 5, 3),
    WIJK_WELZIJN: (10, 8, 60, 4, 10, 6, 2),
}
USUAL_ACTIVITY_WEIGHTS = (22, 14, 34, 6, 10, 7, 7)


def organisation_for(rng: random.Random, wijk: str) -> str:
    """Return the organisation at which a new volunteer of a wijk starts."""
    if wijk == BILGAARD:
        return W_BILGAARD
    if wijk == VRIJHEIDSWIJK:
        return W_VRIJHEIDSWIJK
    if wijk in LEEUWARDEN_OOST:
        return pick(rng, (DREAMFABRYK, REST_LEEUWARDEN), (3, 7))
    if wijk in OUDE_WIJKEN:
        return SPORTCENTRUM
    if wijk == OLDEBERKOOP:
        return WIJK_WELZIJN
    rest = {
        "WK0080": REST_LEEUWARDEN,
        "WK0014": REST_GRONINGEN,
        "WK0085": REST_OOSTSTELLINGWERF,
    }
    return rest[wijk[:6]]
