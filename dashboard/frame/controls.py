"""What a reader chooses with, as plain HTML: links, lists, numbers, switches. Pure functions.

The browser's own controls draw at once, work with every keyboard and screen reader and need no
module to be loaded. A choice is a new address: `frame.js` puts it in the browser's history
and lets Streamlit go there, as the back button does.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

from dashboard.address.page_list import Page

Address = Mapping[str, str]


def href(to: Page, parameters: Address) -> str:
    """Return the address of a page from any other page of ours."""
    stem = "" if to.path == "app.py" else Path(to.path).stem
    return f"./{stem}{_query(tuple(parameters.items()))}"


def with_parameters(parameters: Address) -> str:
    """Return the address of the page at hand with other parameters."""
    return _query(tuple(parameters.items())) or "?"


# A page has dozens of links of which the choices are the same at every rerun.
@lru_cache(maxsize=5000)
def _query(parameters: tuple[tuple[str, str], ...]) -> str:
    wanted = [(name, value) for name, value in parameters if value]
    return f"?{urlencode(wanted)}" if wanted else ""


def link(address: str, label: str, **attributes: str) -> str:
    """Return a link within the product. `attributes` with "_" for "-"; "" leaves one out."""
    more = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value
    )
    return f'<a data-go href="{escape(address)}"{more}>{escape(label)}</a>'


def select(
    name: str,
    label: str,
    options: Mapping[str, str],
    current: str,
    *,
    drops: Sequence[str] = (),
    width: int | None = None,
    group_of: Mapping[str, str] | None = None,
) -> str:
    """Return a list out of which one of `options` (id -> text) is chosen.

    `name` is the URL parameter that it writes, `drops` those that lose their meaning with it,
    `group_of` the heading under which each option stands.
    """
    choices = ""
    for heading, group in groupby(options, key=lambda each: (group_of or {}).get(each, "")):
        rows = "".join(
            f'<option value="{escape(each)}"{" selected" if each == current else ""}>'
            f"{escape(options[each])}</option>"
            for each in group
        )
        choices += f'<optgroup label="{escape(heading)}">{rows}</optgroup>' if heading else rows
    return _labelled(
        label,
        f'<select data-choice name="{escape(name)}"{_drops(drops)}>{choices}</select>',
        width,
    )


def several(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: Sequence[str],
    *,
    at_most: int,
    words: tuple[str, str, str],
    without: Mapping[str, str],
) -> str:
    """Return the chosen ones, each with a link that takes it away, and a list to add from.

    `words`: what the list invites to, what it says when `at_most` are chosen, and the name of a
    link that takes one away ("{name}" in it). `without`: the address without it, by id; one that
    is not in it stays.
    """
    add, full, away = words
    kept = ""
    for each in chosen:
        words_for_it = away.format(name=options[each])
        cross = without.get(each, "") and link(
            without[each], "×", title=words_for_it, aria_label=words_for_it
        )
        kept += f"<li><span>{escape(options[each])}</span>{cross}</li>"
    left = {each: text for each, text in options.items() if each not in chosen}
    no_more = len(chosen) >= at_most
    choices = f'<option value="" selected>{escape(full if no_more else add)}</option>' + "".join(
        f'<option value="{escape(each)}">{escape(text)}</option>' for each, text in left.items()
    )
    now = escape(",".join(chosen))
    return (
        f'<div class="several"><ul aria-label="{escape(label)}">{kept}</ul>'
        + _labelled(
            label,
            f'<select data-choice data-add="{now}" name="{escape(name)}"'
            f"{' disabled' if no_more else ''}>{choices}</select>",
            420,
        )
        + "</div>"
    )


def number(name: str, label: str, current: str, explanation: str, limits: str) -> str:
    """Return a field for a number, written as the reader's language writes it."""
    about = f"about-{escape(name)}"
    field = _labelled(
        label,
        f'<input data-choice data-number name="{escape(name)}" inputmode="decimal" '
        f'autocomplete="off" value="{escape(current)}" aria-describedby="{about}">',
        None,
    )
    said = escape(" ".join(filter(None, (explanation, limits))))
    return f'{field}<small class="about" id="{about}">{said}</small>'


def switch(name: str, label: str, explanation: str, on: bool) -> str:
    """Return a box to tick; the URL holds "1" while it is ticked."""
    about = f"about-{escape(name)}"
    return (
        f'<label class="switch"><input type="checkbox" data-choice name="{escape(name)}" value="1" '
        f'aria-describedby="{about}"{" checked" if on else ""}><span>{escape(label)}</span></label>'
        f'<small class="about" id="{about}">{escape(explanation)}</small>'
    )


def disclosure(name: str, label: str, address: str, is_open: bool) -> str:
    """Return a button that shows or hides a part of the page; `address` is where that is so."""
    return (
        f'<button type="button" class="disclosure" data-part="{escape(name)}" '
        f'data-go="{escape(address)}" aria-expanded="{"true" if is_open else "false"}">'
        f"{escape(label)}</button>"
    )


def one_of(label: str, links: Mapping[str, str], current: str) -> str:
    """Return a row of links (text -> address) out of which at most one, `current`, is in force."""
    row = "".join(
        link(address, text, aria_current="true" if text == current else "")
        for text, address in links.items()
    )
    name = escape(label)
    return f'<div class="one-of" role="group" aria-label="{name}"><span>{name}</span>{row}</div>'


def _labelled(label: str, control: str, width: int | None) -> str:
    size = f' style="width:{width}px"' if width else ""
    return f'<label class="choice"{size}><span>{escape(label)}</span>{control}</label>'


def _drops(names: Sequence[str]) -> str:
    return f' data-drops="{escape(" ".join(names))}"' if names else ""
