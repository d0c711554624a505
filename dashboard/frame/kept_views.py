"""Views that were made before, handed out again without copying.

A release never changes, so a view is a function of what was chosen and of the releases at hand.
`st.cache_data` would unpickle it at each rerun (docs/decisions/0006-speed.md).
"""

from collections.abc import Callable
from functools import lru_cache

from dashboard import door
from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import View
from data_access import shelf

# A view is 50 to 500 kilobytes.
MOST_VIEWS = 600


@lru_cache(maxsize=MOST_VIEWS)
def _made(
    make: Callable[[Selection, Door], View], selection: Selection, _at_hand: shelf.Shelf
) -> View:
    return make(selection, Door(selection))


def view(make: Callable[[Selection, Door], View], selection: Selection) -> View:
    """Return `make(selection, door)`, made once; an error is not kept."""
    return _made(make, selection, shelf.shelf())


def forget() -> None:
    """Forget all views and answers: for tests, that have more than one database."""
    _made.cache_clear()
    door.forget()
    shelf.forget()


def misses() -> int:
    """Return how often a view had to be made, for the tests of a warm page."""
    return _made.cache_info().misses
