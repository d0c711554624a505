"""The frame around every page: what the reader chose, the menu, the filters, the notices.

The only module that touches st.session_state and st.query_params. The URL is the truth: a run
reads the choices from it, gives them to the widgets, and a widget that changes writes the URL.
So a link reopens the same view on a freshly started server, and the menu carries all choices.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlencode

import streamlit as st

from dashboard import cached, frame_html, reader_choices
from dashboard.numbers import date_long, period_label
from dashboard.page_list import PAGES, Page, page
from dashboard.reader_choices import ALL_OPEN, OPEN_PARTS, PARAMETERS, Places, Refusal
from dashboard.selection import Release, Selection
from dashboard.text import t
from indicators.catalogue import INDICATORS
from indicators.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

__all__ = ["Selection", "choose", "choose_many", "choose_number", "open_page", "open_wijk"]

FILTER_WIDTH = 270


def open_page(page_id: str) -> Selection:
    """Open a page: draw the frame and return what the reader chose.

    Call it first on every page. When the URL names something that is not in the release, the
    reader gets one sentence and a way on, and the page stops before anything is asked about it.
    """
    here = page(page_id)
    language = _language()
    cached.speak(language)
    st.set_page_config(
        page_title=f"{t(f'menu.{here.id}', language)} – {t('frame.product', language)}",
        page_icon="/app/static/icon.svg",
        layout="wide",
    )
    st.html(frame_html.top(here.id, language), unsafe_allow_javascript=True)
    _menu(here, language)
    known = cached.release_list()
    if not known.known:
        _stop_with(known.problem(language) or t("frame.no_release", language))
    try:
        release = reader_choices.release(_asked(), known.known)
        _notices(release, known, language)
        places = cached.spec(reader_choices.places, cached.areas(release.number))
        selection = reader_choices.selection(here, _asked(), release.number, places)
    except Refusal as refusal:
        _refuse(refusal, here, language)
    _remember(selection)
    _filters(here, selection, places)
    return selection


def open_wijk(selection: Selection, wijk: str) -> NoReturn:
    """Leave this page for the page of a wijk, all other choices kept."""
    st.switch_page(page("wijk").path, query_params={**_shared(), "wijk": wijk})


def link_to(page_id: str, label: str, **changed: str) -> None:
    """Show a link to another page of ours with all shared choices kept but those in `changed`.

    `changed` is by name of the URL parameter; "" leaves a parameter out.
    """
    wanted = {name: value for name, value in {**_shared(), **changed}.items() if value}
    st.page_link(page(page_id).path, label=label, query_params=wanted)


def choose(
    selection: Selection,
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    width: int | str = "stretch",
) -> str:
    """Let the reader choose one of `options` (id -> text) and return its id; it is in the URL.

    `name` is one of the page's `extras`. The first option is the usual one. An id in the URL
    that is no option gives a notice and the usual choice.
    """
    usual = next(iter(options))
    asked = selection.extra(name, usual)
    if asked not in options:
        st.warning(t("frame.unknown_choice", selection.language, label=label, value=asked[:60]))
        asked = usual
    return _select(name, label, options, asked, width)


def choose_many(
    selection: Selection,
    name: str,
    label: str,
    options: Mapping[str, str],
    usual: Sequence[str],
    at_most: int,
) -> tuple[str, ...]:
    """Let the reader choose some of `options` (id -> text); ids in the URL, joined by commas."""
    asked = [each for each in selection.extra(name, ",".join(usual)).split(",") if each in options]
    key = _key(name)
    st.session_state[key] = asked[:at_most]
    chosen = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        max_selections=at_most,
        placeholder=t("frame.choose", selection.language),
        on_change=_write_many,
        args=(name, key),
    )
    return tuple(chosen)


def choose_related(selection: Selection, label: str, options: Mapping[str, str]) -> None:
    """Let the reader move to a related indicator; `options` are indicators (id -> text).

    Nothing is chosen while the indicator of the page is none of them.
    """
    key = _key("related")
    st.session_state[key] = selection.indicator if selection.indicator in options else None
    st.radio(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        horizontal=True,
        on_change=_write,
        args=("indicator", key),
    )


def address(selection: Selection) -> str:
    """Return the address that reopens this view with the figures of this very release."""
    wanted = {**_asked(), "release": str(selection.release)}
    return f"{st.context.url or ''}?{urlencode(wanted)}"


def choose_number(
    selection: Selection,
    name: str,
    label: str,
    usual: float,
    limits: tuple[float, float],
    step: float,
    *,
    explanation: str | None = None,
) -> float:
    """Let the reader set a number within `limits`; it stands in the URL with a decimal point."""
    low, high = limits
    try:
        asked = float(selection.extra(name, str(usual)))
    except ValueError:
        asked = usual
    key = _key(name)
    st.session_state[key] = float(min(max(asked, low), high)) if asked == asked else usual
    return st.number_input(
        label,
        low,
        high,
        step=step,
        format="%.2f" if step % 1 else "%.0f",
        key=key,
        help=explanation,
        on_change=_write,
        args=(name, key),
    )


def switch(selection: Selection, name: str, label: str, explanation: str) -> bool:
    """Let the reader switch something on; the URL holds "1" while it is."""
    key = _key(name)
    st.session_state[key] = selection.extra(name) == "1"
    return st.checkbox(label, key=key, help=explanation, on_change=_write_switch, args=(name, key))


def fold(name: str, label: str) -> "ExpanderContainer":
    """Show a part that is folded until the reader opens it; fill it only when it is `.open`.

    What is folded costs the reader's browser nothing. The URL holds the names of the open parts,
    or ALL_OPEN, which goes along to every page.
    """
    key = _key(f"fold_{name}")
    asked = _open_parts()
    st.session_state[key] = name in asked or ALL_OPEN in asked
    return st.expander(label, key=key, on_change=_write_fold, args=(name, key))


def back_to_usual(selection: Selection, names: Sequence[str], label: str) -> None:
    """Show a button that takes the page's own choices `names` out of the URL."""
    st.button(label, on_click=_forget, args=(tuple(names),), key=_key("usual_" + selection.page))


def _language() -> str:
    asked = st.query_params.get("taal", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _asked() -> dict[str, str]:
    return st.query_params.to_dict()


def _shared() -> dict[str, str]:
    return {name: value for name, value in _asked().items() if name in PARAMETERS and value}


def _key(name: str) -> str:
    return f"choice_{name}"


def _remember(selection: Selection) -> None:
    """Write the whole view to the URL, so that its address can be sent to somebody."""
    for name, value in reader_choices.as_parameters(selection).items():
        if st.query_params.get(name, "") != value:
            st.query_params[name] = value


def _write(name: str, key: str) -> None:
    st.query_params[name] = str(st.session_state[key])
    for dependent in reader_choices.DEPENDENTS.get(name, ()):
        st.query_params.pop(dependent, None)


def _write_many(name: str, key: str) -> None:
    st.query_params[name] = ",".join(st.session_state[key])


def _open_parts() -> list[str]:
    return [each for each in st.query_params.get(OPEN_PARTS, "").split(",") if each]


def _write_fold(name: str, key: str) -> None:
    others = [each for each in _open_parts() if each not in (name, ALL_OPEN)]
    now_open = [*others, name] if st.session_state[key] else others
    if now_open:
        st.query_params[OPEN_PARTS] = ",".join(now_open)
    else:
        st.query_params.pop(OPEN_PARTS, None)


def _write_switch(name: str, key: str) -> None:
    if st.session_state[key]:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)


def _forget(names: tuple[str, ...]) -> None:
    for name in names:
        st.query_params.pop(name, None)


def _menu(here: Page, language: str) -> None:
    shared = _shared()
    other = "en" if language == "nl" else "nl"
    with st.container(key="menu", horizontal=True):
        for each in PAGES:
            st.page_link(each.path, label=t(f"menu.{each.id}", language), query_params=shared)
        # A button and not a link: a link to the same page does not change the address.
        st.button(
            t("frame.this_language", other),
            on_click=_speak,
            args=(other,),
            key=_key("language"),
        )


def _speak(language: str) -> None:
    st.query_params["taal"] = language


def _notices(release: Release, known: cached.ReleaseList, language: str) -> None:
    pieces = []
    if known.problem(language):
        pieces.append(("problem", f"{known.problem(language)} {t('frame.last_figures', language)}"))
    if release.sample:
        pieces.append(("sample", t("frame.sample", language)))
    if release != known.known[0]:
        made_on = date_long(release.made_on, language)
        pieces.append(
            ("release", t("frame.as_presented", language, date=made_on, number=release.number))
        )
    if pieces:
        st.html("".join(frame_html.banner(kind, sentence) for kind, sentence in pieces))
    if any(kind == "release" for kind, _ in pieces):
        st.button(t("frame.to_latest", language), on_click=_forget, args=(("release",),))


def _filters(here: Page, selection: Selection, places: Places) -> None:
    language = selection.language
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        for name in here.filters:
            options = _options(name, here, selection, places)
            parameter = reader_choices.PARAMETER_OF[name]
            current = getattr(selection, name)
            _select(parameter, t(f"filter.{name}", language), options, current, FILTER_WIDTH)


def _options(name: str, here: Page, selection: Selection, places: Places) -> Mapping[str, str]:
    language = selection.language
    if name == "gemeente":
        return places.gemeenten
    if name == "wijk":
        whole = {"": t("filter.whole_gemeente", language)}
        return whole | places.wijken.get(selection.gemeente, {})
    if name == "indicator":
        return {each.id: each.name.in_language(language) for each in INDICATORS}
    periods = reader_choices.periods_offered(here, selection.indicator, selection.gemeente, places)
    return {period: period_label(period, language) for period in periods}


def _select(
    name: str,
    label: str,
    options: Mapping[str, str],
    current: str,
    width: int | str,
) -> str:
    key = _key(name)
    st.session_state[key] = current
    return st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=_write,
        args=(name, key),
        width=width,
    )


def _refuse(refusal: Refusal, here: Page, language: str) -> NoReturn:
    st.error(t(f"refusal.{refusal.subject}", language, value=refusal.value[:60]))
    kept = {name: value for name, value in _shared().items() if name not in refusal.blamed}
    st.page_link(here.path, label=t("refusal.way_on", language), query_params=kept)
    st.stop()


def _stop_with(sentence: str) -> NoReturn:
    st.error(sentence)
    st.stop()
