"""Make the view of a page without Streamlit, as the frame would for an address."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import door
from dashboard.address import reader_choices
from dashboard.address.page_list import page
from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import Element, View
from dashboard.frame import kept_views
from data_access import settings, shelf

Make = Callable[[Selection, Door], View]


def selected(page_id: str, **asked: str) -> Selection:
    """Return the selection of an address. Raises Refusal for what is not in the release."""
    known = door.releases()
    now = reader_choices.current(known, None, "")
    release = reader_choices.release(asked, now)
    areas = door.areas(release.key, asked.get("taal", "nl"))
    places = reader_choices.places(now, areas, door.indicators(release.key))
    return reader_choices.selection(page(page_id), asked, release, now, places)


def made(make: Make, page_id: str, **asked: str) -> View:
    """Return what a page says at an address."""
    selection = selected(page_id, **asked)
    return make(selection, Door(selection))


def all_of(view: View, kind: type[Element]) -> list[Element]:
    """Return the elements of one kind, in reading order."""
    return [each for each in view.inside() if isinstance(each, kind)]


def release_file(gemeente: str) -> Path:
    """Return the file of a gemeente's newest release at hand."""
    at_hand = shelf.shelf()
    newest = next(each for each in at_hand.headers if each.gemeente_code == gemeente)
    return at_hand.paths[shelf.key_of(newest)]


SAMPLE = settings.SHIPPED_RELEASES


def shipped_sample() -> Iterator[None]:
    """Let views read the shipped releases while a fixture that is made of this lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASES", str(SAMPLE))
        kept_views.forget()
        yield
    kept_views.forget()
