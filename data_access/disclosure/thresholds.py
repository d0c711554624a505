"""Secret thresholds: one for each leaf and set of people or count, the same at all dates.

A leaf is a place of an organisation. Thresholds come in blocks of five leaves of an organisation,
each block a secret permutation of 0 to 4: what rounds up more and what rounds up less then keeps
each other in balance, so that sums over wijken come out closer to the truth.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

from indicators.breakdowns import rounded_classes
from indicators.catalogue import COUNT_BASE
from indicators.vocabulary import Measure

THRESHOLDS = COUNT_BASE


def threshold_name(each: Measure, category: str = "") -> str:
    """Return which threshold of a leaf rounds a count: of its set of people, or one of its own.

    `category`: a class that is rounded by itself (see indicators.vocabulary.Measure.rest).
    """
    if category:
        return f"{each.id} {category}"
    return each.id if each.own_threshold else each.people


def threshold_names(each: Measure) -> tuple[str, ...]:
    """Return the names of all thresholds that a measure is rounded by."""
    own = (*rounded_classes(each, merged=False), *rounded_classes(each, merged=True))
    return threshold_name(each), *(threshold_name(each, name) for name in own)


def uniform(secret: bytes, name: Iterable[str | int]) -> int:
    """Return a number of 256 bits that follows from the secret and an unambiguous name.

    HMAC-SHA-256 (RFC 2104). Raises ValueError without a secret.
    """
    if not secret:
        raise ValueError("a threshold needs a secret")
    text = json.dumps(list(name)).encode("ascii")
    return int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest(), "big")


def seats(
    secret: bytes, whose: tuple[str, ...], places: Iterable[str], first: int
) -> dict[str, int]:
    """Return the seat of each new place in a secret order, from `first` on.

    `whose` names gemeente, organisation and threshold.
    """
    order = sorted(set(places), key=lambda place: uniform(secret, ("seat", *whose, place)))
    return {place: seat for seat, place in enumerate(order, start=first)}


def threshold_of_seat(secret: bytes, whose: tuple[str, ...], seat: int) -> int:
    """Return the threshold (0 to 4) of a seat: five seats in a row have all five of them."""
    block, position = divmod(seat, THRESHOLDS)
    permutation = sorted(
        range(THRESHOLDS), key=lambda each: uniform(secret, ("block", *whose, block, each))
    )
    return permutation[position]


def own_threshold(secret: bytes, whose: tuple[str, ...]) -> int:
    """Return the threshold (0 to 4) of a group or a total, which is in no block."""
    return uniform(secret, ("own", *whose)) % THRESHOLDS
