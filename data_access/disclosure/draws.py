"""The drawn direction of each number: unbiased, and the same whenever it is asked for again."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from data_access.disclosure.tables import DisclosureError

_RESOLUTION = 1 << 53
_COST_SCALE = 1_000_000
_FLIP_COST = _COST_SCALE // 20


@dataclass(frozen=True)
class Draw:
    """up: the drawn direction. cost: of going the other way, in millionths, a whole number."""

    up: bool
    cost: int


def draw(secret: bytes, names: tuple[str, ...], remainder: int, base: int) -> Draw:
    """Draw the direction of a number with the given remainder (1 to base - 1) on the base.

    names: what is drawn (measure, draw period, key). HMAC-SHA256 of their unambiguous JSON gives
    a uniform number u; the direction is up when u < remainder / base, so the expected published
    value is the true one. Going the other way costs |u - remainder / base| plus a constant.
    """
    if not secret:
        raise DisclosureError("Publishing needs a secret key; set one before publishing.")
    message = json.dumps(names, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    uniform = int.from_bytes(digest[:8], "big") >> 11
    distance = abs(uniform * base - remainder * _RESOLUTION)
    cost = _FLIP_COST + distance * _COST_SCALE // (base * _RESOLUTION)
    return Draw(up=uniform * base < remainder * _RESOLUTION, cost=cost)
