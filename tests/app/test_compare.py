"""Vergelijken for every kind of unit, in both languages: charts, sentences, sheet and files."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.comparison.members import UnitKind
from dashboard.frame import frame
from dashboard.words.copy import t
from indicators import catalogue
from tests.app.pages import charts, choose, html, links, opened, words

KINDS = [each.value for each in UnitKind]
COMPARABLE = "outflow_per_100_volunteers"
NAMES = {
    language: catalogue.indicator(COMPARABLE).name.in_language(language)
    for language in ("nl", "en")
}
UNITS = {
    "wijken": {"Bilgaard & Havankpark e.o.": "WK008060", "Binnenstad": "WK008010"},
    "organisaties": {
        "Wijkbedrijf Bilgaard": "wijkbedrijf-bilgaard",
        "Dreamfabryk": "dreamfabryk",
        "Wijkbedrijf Vrijheidswijk": "wijkbedrijf-vrijheidswijk",
        "Wijkinitiatieven Leeuwarden (voorbeeld)": "wijkinitiatieven-leeuwarden",
    },
    "gemeenten": {"Leeuwarden": "GM0080", "Groningen": "GM0014", "Ooststellingwerf": "GM0085"},
}


def compare(kind, language="nl", indicator=COMPARABLE, **more):
    app = opened(
        "compare", gemeente="GM0080", taal=language, indicator=indicator, soort=kind, **more
    )
    assert not app.exception
    assert not app.error
    return app


def in_url(app, name):
    """Return one parameter; AppTest gives text for what a callback wrote, else a list."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def sheet_of(app):
    """Return the rows of the sheet: indicator -> texts of its cells."""
    [body] = [b for b in html(app).split('<div class="table-frame"')[1:] if "naast elkaar:" in b]
    rows = re.findall(r'<tr><th scope="row">(.*?)<br>.*?</th>(.*?)</tr>', body)
    return {
        name: [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<td>(.*?)</td>", cells)]
        for name, cells in rows
    }


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_compared_in_both_languages(sample_app, kind, language):
    app = compare(kind, language)
    shown = words(app)
    one, many, whole = (
        t(f"unit_kind.{kind}.{form}", language) for form in ("one", "many", "whole")
    )
    assert len(app.get("vega_lite_chart")) == 2
    assert whole in shown
    assert t("compare.pairs", language, many=many) in shown
    assert t("compare.unit", language, one=one) in shown
    for name in list(UNITS[kind])[:2]:
        assert name in shown
    labels = [each.proto.label for each in app.get("download_button")]
    assert t("sheet.download", language) in labels


@pytest.mark.parametrize("kind", ["organisaties", "gemeenten"])
def test_every_unit_is_in_the_table(sample_app, kind):
    shown = html(compare(kind))
    for name in UNITS[kind]:
        assert f'<th scope="row">{name}</th>' in shown


def test_the_sentences_are_those_of_the_figures(sample_app):
    """40 of 230 volunteers against 75 of 1,130 (both ± 19) is beyond chance; 5 of 60 not."""
    shown = words(compare("organisaties", keuze=",".join(UNITS["organisaties"].values())))
    assert "Wijkbedrijf Bilgaard scoort hoger dan alle organisaties samen, meer dan" in shown
    assert (
        "Wijkbedrijf Bilgaard scoort hoger dan Wijkbedrijf Vrijheidswijk en Wijkinitiatieven "
        "Leeuwarden (voorbeeld), meer dan toeval verklaart."
    ) in shown
    assert "Geen verschil aan te tonen tussen: " in shown


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("indicator", ["volunteers_per_1000", "outflow_per_100_bijstand"])
def test_organisations_have_no_residents_and_the_page_says_so(sample_app, indicator, language):
    app = compare("organisaties", language, indicator)
    assert charts(app) == []
    group = "bijstand" if indicator.endswith("bijstand") else "residents"
    assert t(f"compare.no_{group}", language) in words(app)
    assert 'aria-current="true"' not in html(app)
    assert links(app)[NAMES[language]]["indicator"] == COMPARABLE
    assert t("sheet.download", language) in [e.proto.label for e in app.get("download_button")]


def test_a_way_on_leads_to_what_can_be_compared(sample_app):
    here = compare("organisaties", indicator="outflow_per_1000_residents")
    app = opened("compare", **links(here)[NAMES["nl"]])
    assert in_url(app, "indicator") == COMPARABLE
    assert in_url(app, "soort") == "organisaties"
    assert len(charts(app)) == 2


def test_the_base_can_be_residents_or_people_on_bijstand(sample_app):
    app = compare("wijken", indicator="volunteers_per_1000")
    assert t("unit.per_1000_residents", "nl") in str(charts(app)[0])
    other = catalogue.indicator("volunteers_per_100_bijstand").name.in_language("nl")
    app = opened("compare", **links(app)[other])
    assert not app.exception
    assert in_url(app, "indicator") == "volunteers_per_100_bijstand"
    assert t("unit.per_100_bijstand", "nl") in str(charts(app)[0])
    assert "Vrijwilligers per 100 mensen in de bijstand in Leeuwarden" in words(app)


@pytest.mark.parametrize("indicator", ["volunteers_per_100_bijstand", "outflow_per_100_bijstand"])
def test_whole_gemeenten_are_compared_per_100_on_bijstand(sample_app, indicator):
    app = compare("gemeenten", indicator=indicator)
    assert len(charts(app)) == 2
    assert t("unit.per_100_bijstand", "nl") in str(charts(app)[0])
    for name in UNITS["gemeenten"]:
        assert f'<th scope="row">{name}</th>' in html(app)


def test_the_sheet_shows_the_chosen_units_with_interval_and_verdict(sample_app):
    chosen = list(UNITS["organisaties"].values())[:2]
    rows = sheet_of(compare("organisaties", keuze=",".join(chosen), periode="2025"))
    bilgaard, dreamfabryk, together = rows["Uitstroom per 100 vrijwilligers"]
    said = " ".join(bilgaard.split())
    assert said == "17,4% 12,8% – 23,1% hoger dan alle organisaties samen"
    assert dreamfabryk.split()[0] == "7,7%"
    assert together.split() == ["6,7%"]
    assert rows["Vrijwilligers"][0].split()[0] == "170"


def test_changing_the_kind_forgets_the_chosen_units(sample_app):
    app = compare("organisaties", keuze="dreamfabryk,wijkbedrijf-bilgaard")
    choose(app, "soort", "gemeenten")
    assert not app.exception
    assert "keuze" not in app.query_params
    assert "Groningen" in words(app)


@pytest.mark.parametrize("chosen", ["dreamfabryk", "bestaat-niet,ook-niet"])
def test_fewer_than_two_units_make_no_sheet(sample_app, chosen):
    app = compare("organisaties", keuze=chosen)
    assert t("sheet.choose_more", "nl", many="organisaties") in words(app)
    assert t("sheet.download", "nl") not in [e.proto.label for e in app.get("download_button")]


def test_an_unknown_kind_gets_a_notice_and_the_wijken(sample_app):
    app = compare("provincies")
    assert "provincies" in app.warning[0].value
    assert "Bilgaard & Havankpark e.o." in words(app)


def test_the_link_on_the_sheet_reopens_view_and_release(sample_app, monkeypatch):
    links = []
    original = frame.address

    def noted(selection):
        links.append(original(selection))
        return links[-1]

    monkeypatch.setattr(frame, "address", noted)
    compare("organisaties", keuze="dreamfabryk,wijkbedrijf-bilgaard")
    found = {name: values[0] for name, values in parse_qs(urlsplit(links[-1]).query).items()}
    assert found["soort"] == "organisaties"
    assert found["keuze"] == "dreamfabryk,wijkbedrijf-bilgaard"
    assert found["op"] == "2026-03-17T10:00:00"
