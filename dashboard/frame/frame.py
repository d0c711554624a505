"""The frame around every page: what the reader chose, the menu, the filters, the notices.

The only module that touches st.query_params; nothing uses st.session_state. The URL is the truth:
a run reads the choices from it, and a choice is a link to another URL (`controls`). So a link
reopens the same view on a freshly started server, and the menu carries all choices.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlencode

import streamlit as st

from dashboard import door
from dashboard.address import reader_choices
from dashboard.address.page_list import Page, page
from dashboard.address.reader_choices import ALL_OPEN, OPEN_PARTS, PARAMETERS, Places, Refusal
from dashboard.address.selection import Release, Selection
from dashboard.door import Door
from dashboard.elements.view import View
from dashboard.frame import controls, frame_html, kept_views, plain_text, waiting
from dashboard.tables import files
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, period_label
from data_access import fetching
from data_access.errors import DataAccessError
from data_access.shelf import ReleaseKey
from indicators.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

FILTER_WIDTH = 270


def open_page(page_id: str) -> Selection:
    """Open a page: draw the frame and return what the reader chose.

    Call it first on every page. When the URL names something that is not in the release, the
    reader gets one sentence and a way on, and the page stops before anything is asked about it.
    """
    here = page(page_id)
    language = _language()
    fetching.start()
    st.set_page_config(
        page_title=f"{t(f'menu.{here.id}', language)} – {t('frame.product', language)}",
        page_icon="/app/static/icon.svg",
        layout="wide",
    )
    st.html(frame_html.top(language), unsafe_allow_javascript=True)
    known = door.releases()
    if not known:
        waiting.wait_for_figures(_menu(here, language), language)
    notices = ""
    try:
        at = reader_choices.moment(_asked(), known)
        now = reader_choices.current(known, at, _asked().get(reader_choices.MOMENT, ""))
        release = reader_choices.release(_asked(), now)
        notices = _notices(here, release, known, language)
        places = _places(now, release.key, language)
        selection = reader_choices.selection(here, _asked(), release, now, places)
    except Refusal as refusal:
        _refuse(refusal, here, notices, language)
    except DataAccessError as error:
        st.html(_menu(here, language) + notices)
        plain_text.problem(error.message(language))
        st.stop()
    _remember(selection)
    shown = [each for each in now if each.key in selection.shown]
    source = frame_html.source_line(shown, language)
    st.html(_menu(here, language) + notices + _filters(here, selection, places) + source)
    return selection


def open_wijk(selection: Selection, wijk: str) -> NoReturn:
    """Leave this page for the page of a wijk, all other choices kept."""
    st.switch_page(page("wijk").path, query_params={**_shared(), "wijk": wijk})


def link_to(page_id: str, label: str, **changed: str) -> str:
    """Return a link to another page of ours with all shared choices kept but those in `changed`.

    `changed` is by name of the URL parameter; "" leaves a parameter out.
    """
    return controls.link(controls.href(page(page_id), {**_shared(), **changed}), label)


def address(selection: Selection) -> str:
    """Return the address that reopens this view with the figures that are shown now."""
    newest = max(each.made_at for each in door.releases() if each.key in selection.beside)
    moment = next(each.moment for each in door.releases() if each.made_at == newest)
    left = {name: value for name, value in _asked().items() if name != reader_choices.NUMBER}
    wanted = {**left, reader_choices.MOMENT: selection.moment or moment}
    return f"{st.context.url or ''}?{urlencode(wanted)}"


def fold(name: str, label: str, if_folded: str = "") -> "DeltaGenerator | None":
    """Show a part that is folded until the reader opens it; return its place when it is open.

    `if_folded` is HTML that follows while it is folded.
    What is folded costs the reader's browser nothing. The URL holds the names of the open parts,
    or ALL_OPEN, which goes along to every page.
    """
    now = [each for each in st.query_params.get(OPEN_PARTS, "").split(",") if each]
    is_open = name in now or ALL_OPEN in now
    others = [each for each in now if each not in (name, ALL_OPEN)]
    turned = {**_asked(), OPEN_PARTS: ",".join(others if is_open else [*others, name])}
    button = controls.disclosure(name, label, controls.with_parameters(turned), is_open)
    st.html(button if is_open else button + if_folded)
    return st.container(key=f"part_{name}") if is_open else None


def without(selection: Selection, names: Sequence[str], label: str) -> str:
    """Return a link that takes the page's own choices `names` out of the URL."""
    left = {name: value for name, value in _asked().items() if name not in names}
    return controls.link(controls.href(page(selection.page), left), label)


def dependents(name: str) -> Sequence[str]:
    """Return the choices that lose their meaning when choice `name` changes."""
    return reader_choices.DEPENDENTS.get(name, ())


def view(make: Callable[[Selection, Door], View], selection: Selection) -> View:
    """Return what a page says about a selection, made once and kept.

    When a release file is gone, the page says so in the reader's language and stops there.
    """
    try:
        return kept_views.view(make, selection)
    except DataAccessError as error:
        plain_text.problem(error.message(selection.language))
        st.stop()


def file_notes(selection: Selection, sources: Sequence[str], *, period: bool) -> list[str]:
    """Return the lines above a table in a file: sample banner, releases, rounding, sources.

    `period`: whether the chosen period is among them.
    """
    language = selection.language
    known = {each.key: each for each in door.releases()}
    shown = [known[key] for key in selection.shown if key in known]
    notes = [t("frame.sample", language)] if any(each.sample for each in shown) else []
    notes += [files.made_on(each.gemeente, each.made_on, each.number, language) for each in shown]
    if period and selection.period:
        notes.append(f"{t('filter.period', language)}: {period_label(selection.period, language)}")
    notes.append(t("common.rounding", language))
    return notes + [t("common.source", language, source=source) for source in sources]


@lru_cache(maxsize=200)
def _places(now: tuple[Release, ...], release: ReleaseKey, language: str) -> Places:
    areas, indicators = door.areas(release, language), door.indicators(release)
    return reader_choices.places(now, areas, indicators)


def _language() -> str:
    asked = st.query_params.get("taal", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _asked() -> dict[str, str]:
    return st.query_params.to_dict()


def _shared() -> dict[str, str]:
    return {name: value for name, value in _asked().items() if name in PARAMETERS and value}


def _remember(selection: Selection) -> None:
    """Write the whole view to the URL, so that its address can be sent to somebody."""
    for name, value in reader_choices.as_parameters(selection).items():
        if st.query_params.get(name, "") != value:
            st.query_params[name] = value
    if reader_choices.NUMBER in st.query_params:
        del st.query_params[reader_choices.NUMBER]


def here_with(selection: Selection, name: str, value: str) -> str:
    """Return the address of this page with one choice changed."""
    return controls.href(page(selection.page), {**_asked(), name: value})


def _notices(here: Page, release: Release, known: Sequence[Release], language: str) -> str:
    pieces = []
    made_on = date_long(release.made_on, language)
    if fetching.state().failing:
        sentence = t("frame.last_figures", language, date=made_on)
        pieces.append(frame_html.banner("quiet", sentence))
    if release.sample:
        pieces.append(frame_html.banner("sample", t("frame.sample", language)))
    newest = next(each for each in known if each.key.gemeente == release.key.gemeente)
    if release != newest:
        words = {"date": made_on, "number": release.number, "gemeente": release.gemeente}
        sentence = t("frame.as_presented", language, **words)
        without = dict.fromkeys((reader_choices.MOMENT, reader_choices.NUMBER), "")
        href = controls.href(here, {**_asked(), **without})
        way_on = controls.link(href, t("frame.to_latest", language))
        pieces.append(frame_html.banner("release", sentence, way_on))
    return "".join(pieces)


def _filters(here: Page, selection: Selection, places: Places) -> str:
    lists = []
    for name in here.filters:
        parameter = reader_choices.PARAMETER_OF[name]
        options = _options(name, here, selection, places)
        if not options:
            continue
        lists.append(
            controls.select(
                parameter,
                t(f"filter.{name}", selection.language),
                options,
                getattr(selection, name),
                drops=reader_choices.DEPENDENTS.get(parameter, ()),
                width=FILTER_WIDTH,
                group_of=_themes(places, selection.language) if name == "indicator" else None,
            )
        )
    return f'<div class="filters">{"".join(lists)}</div>'


def _themes(places: Places, language: str) -> Mapping[str, str]:
    return {each.id: t(f"theme.{each.theme}", language) for each in places.indicators.values()}


def _options(name: str, here: Page, selection: Selection, places: Places) -> Mapping[str, str]:
    language = selection.language
    if name == "gemeente":
        return places.gemeenten
    if name == "wijk":
        whole = {"": t("filter.whole_gemeente", language)}
        return whole | places.wijken
    if name == "indicator":
        return {each.id: each.name.in_language(language) for each in places.indicators.values()}
    periods = reader_choices.periods_offered(here, selection.indicator, selection.gemeente, places)
    return {period: period_label(period, language) for period in periods}


def _menu(here: Page, language: str) -> str:
    return frame_html.menu(here, _asked(), _shared(), language)


def _refuse(refusal: Refusal, here: Page, notices: str, language: str) -> NoReturn:
    kept = {name: value for name, value in _shared().items() if name not in refusal.blamed}
    way_on = controls.link(controls.href(here, kept), t("refusal.way_on", language))
    st.html(_menu(here, language) + notices)
    plain_text.problem(t(f"refusal.{refusal.subject}", language, value=refusal.value[:60]))
    st.html(f'<p class="go">{way_on}</p>')
    st.stop()
