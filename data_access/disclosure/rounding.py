"""Rounding by a threshold, of single counts and of parts that add up."""

from collections.abc import Sequence

from data_access.disclosure.thresholds import THRESHOLDS


def rounded(count: int, threshold: int, base: int) -> int:
    """Return the multiple of `base` that a count is published as.

    The count goes up when it is less than `threshold` fifths of the base below the next multiple,
    so a larger count never shows less, and a multiple stays what it is. Raises ValueError for a
    count below zero or a base that is no multiple of 5.
    """
    if count < 0 or base <= 0 or base % THRESHOLDS:
        raise ValueError("a count is not below zero, and a base is a multiple of 5")
    return base * ((count + threshold * (base // THRESHOLDS)) // base)


def parts(
    counts: Sequence[int],
    threshold: int,
    base: int,
    at_most: int | None = None,
    first_at_least: int = 0,
) -> list[int]:
    """Return the published values of parts in a fixed order: differences of rounded running sums.

    They add up to the rounded sum of all, and none is below zero. `at_most`: what the whole of
    which they are part shows; no running sum goes beyond it. `first_at_least`: what is shown of a
    part of the first of them.
    """
    published = []
    running = before = 0
    for count in counts:
        running += count
        now = max(rounded(running, threshold, base), first_at_least)
        if at_most is not None:
            now = min(now, at_most)
        published.append(now - before)
        before = now
    return published


def beside_rest(
    counts: Sequence[int], thresholds: Sequence[int], base: int, whole: int
) -> tuple[list[int], int]:
    """Return the published values of classes, each rounded by its own threshold, and the rest.

    Together they are the published `whole`. Classes that come later in the order are held within
    what the earlier ones leave of it.
    """
    published: list[int] = []
    for count, threshold in zip(counts, thresholds, strict=True):
        published.append(min(rounded(count, threshold, base), whole - sum(published)))
    return published, whole - sum(published)
