"""The drawn direction of each number: unbiased, and the same whenever it is asked for again."""

import hashlib
import hmac
import json

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.tables import CountTable, DisclosureError, LeafKey, TotalKey

_UNIFORM_BITS = 53
_MILLION = 1_000_000
_EACH_DEVIATION = _MILLION // 20


def costs_of_going_up(table: CountTable, free: list[LeafKey], secret: bytes) -> NDArray[np.int64]:
    """Cost of rounding each free leaf up instead of down, in millionths; negative is a gain.

    Every leaf has a drawn direction, and so has every total of two free leaves or more; totals
    with the same free leaves share one draw. Deviating from a draw costs |u - p| plus a constant,
    where p = remainder / base. Without the totals' own draws the sum of many small leaves would
    come out too low: four leaves of 1 would show 0 or 5 with 3 as their mean.
    """
    if not secret:
        raise DisclosureError(
            "Publiceren kan niet zonder geheime sleutel; stel die eerst in.",
            "Publishing needs a secret key; set one first.",
        )
    position = {key: index for index, key in enumerate(free)}
    costs = np.zeros(len(free), dtype=np.int64)
    drawn: set[tuple[int, ...]] = set()
    for key, index in position.items():
        costs[index] = _cost(table, key, table.leaves[key], secret)
    for key in sorted(table.totals):
        leaves = table.totals[key]
        members = tuple(sorted(position[leaf] for leaf in leaves if leaf in position))
        if len(members) > 1 and members not in drawn:
            drawn.add(members)
            true = sum(table.leaves[leaf] for leaf in leaves)
            costs[list(members)] += _cost(table, key, true, secret)
    return costs


def _cost(table: CountTable, key: LeafKey | TotalKey, true: int, secret: bytes) -> int:
    """HMAC-SHA256 of an unambiguous name gives a uniform u; up when u < remainder / base."""
    remainder = true % table.base
    if not remainder:
        return 0
    name = json.dumps([table.measure, table.draw_period, *key]).encode("ascii")
    digest = hmac.new(secret, name, hashlib.sha256).digest()
    uniform = int.from_bytes(digest[:8], "big") >> (64 - _UNIFORM_BITS)
    distance = uniform * table.base - (remainder << _UNIFORM_BITS)
    cost = _EACH_DEVIATION + (abs(distance) * _MILLION // table.base >> _UNIFORM_BITS)
    return -cost if distance < 0 else cost
