"""A selection that notes what was asked of it, so that views which do not differ are made once.

Most pages do not look at every choice: Resultaten is the same whatever indicator is chosen.
"""

from dataclasses import fields
from typing import Any

from dashboard.address.selection import Selection

_FIELDS = frozenset(each.name for each in fields(Selection))
# What was read: a field and "", or "extras" and the name of one choice.
Facts = tuple[tuple[str, str], ...]


class NotedSelection(Selection):
    """A selection of which `facts` tells what was read, until `close`."""

    def __init__(self, *choices: Any, **named: Any) -> None:
        super().__init__(*choices, **named)
        object.__setattr__(self, "_read", set())

    def __getattribute__(self, name: str) -> Any:
        if name in _FIELDS:
            object.__getattribute__(self, "_note")(name)
        return object.__getattribute__(self, name)

    def extra(self, name: str, default: str = "") -> str:
        """Return the page's own choice `name`, and note only that one."""
        self._note("extras", name)
        chosen: dict[str, str] = dict(object.__getattribute__(self, "extras"))
        return chosen.get(name, default)

    def facts(self) -> Facts:
        """Return what was read, in a fixed order."""
        return tuple(sorted(object.__getattribute__(self, "_read")))

    def close(self) -> None:
        """From now on reading something else is an error: what was noted would not hold."""
        object.__setattr__(self, "_read", frozenset(object.__getattribute__(self, "_read")))

    def _note(self, field: str, name: str = "") -> None:
        read = object.__getattribute__(self, "_read")
        if isinstance(read, set):
            read.add((field, name))
        elif (field, name) not in read:
            raise AttributeError(f"a finished view reads {field} {name} of its selection")


def noted(selection: Selection) -> NotedSelection:
    """Return a selection with the same choices that notes what is read."""
    return NotedSelection(*(getattr(selection, each.name) for each in fields(Selection)))


def values(selection: Selection, facts: Facts) -> tuple[object, ...]:
    """Return what a selection has for some facts."""
    extras = dict(selection.extras)
    return tuple(
        extras.get(name) if field == "extras" and name else getattr(selection, field)
        for field, name in facts
    )
