"""Views that were made before, handed out again without copying.

A release never changes, so a view is a function of what was chosen and of the releases at hand; and
of what was chosen only as far as the view read it. `st.cache_data` would unpickle it at each rerun
(docs/decisions/0006-speed.md).
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from dashboard import door
from dashboard.address.noted import Facts, noted, values
from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import View
from data_access import shelf

# A view is 50 to 500 kilobytes.
MOST_VIEWS = 600

Make = Callable[[Selection, Door], View]
_Key = tuple[Make, shelf.Shelf, Facts, tuple[object, ...]]


@dataclass
class _Kept:
    """Views by what they read, the one used longest ago first; per page what views have read."""

    views: OrderedDict[_Key, View] = field(default_factory=OrderedDict)
    read: dict[Make, set[Facts]] = field(default_factory=dict)
    misses: int = 0
    lock: Lock = field(default_factory=Lock)

    def find(self, make: Make, selection: Selection, at_hand: shelf.Shelf) -> View | None:
        with self.lock:
            for facts in self.read.get(make, ()):
                key = (make, at_hand, facts, values(selection, facts))
                if key in self.views:
                    self.views.move_to_end(key)
                    return self.views[key]
            self.misses += 1
            return None

    def keep(self, key: _Key, view: View) -> None:
        with self.lock:
            self.read.setdefault(key[0], set()).add(key[2])
            self.views[key] = view
            while len(self.views) > MOST_VIEWS:
                self.views.popitem(last=False)


_kept = _Kept()


def view(make: Make, selection: Selection) -> View:
    """Return `make(selection, door)`, made once; an error is not kept."""
    at_hand = shelf.shelf()
    found = _kept.find(make, selection, at_hand)
    if found is None:
        asked = noted(selection)
        found = make(asked, Door(asked))
        asked.close()
        facts = asked.facts()
        _kept.keep((make, at_hand, facts, values(selection, facts)), found)
    return found


def forget() -> None:
    """Forget all views and answers: for tests, that have more than one database."""
    with _kept.lock:
        _kept.views.clear()
        _kept.read.clear()
    door.forget()
    shelf.forget()


def misses() -> int:
    """Return how often a view had to be made, for the tests of a warm page."""
    return _kept.misses
