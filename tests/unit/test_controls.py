"""The controls as HTML: what they say, what they write, and that no text becomes markup."""

from html.parser import HTMLParser

import pytest

from dashboard.address.page_list import PAGES, page
from dashboard.frame import controls

NASTY = "\"><script>alert(1)</script>'&"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def read(html):
    tags = _Tags()
    tags.feed(html)
    return tags


@pytest.mark.parametrize("to", PAGES, ids=lambda to: to.id)
def test_an_address_works_from_every_page_and_under_any_folder(to):
    stem = "" if to.id == "overview" else to.path.removeprefix("pages/").removesuffix(".py")
    assert controls.href(to, {"gemeente": "GM0080", "wijk": ""}) == f"./{stem}?gemeente=GM0080"
    assert controls.href(to, {}) == f"./{stem}"


def test_an_address_escapes_its_values():
    assert controls.href(page("map"), {"wijk": "a&b=c d"}) == "./kaart?wijk=a%26b%3Dc+d"


@pytest.mark.parametrize(
    "html",
    [
        controls.link(NASTY, NASTY, title=NASTY),
        controls.select(NASTY, NASTY, {NASTY: NASTY, "b": "B"}, NASTY, drops=(NASTY,)),
        controls.several(
            NASTY, NASTY, {NASTY: NASTY}, [NASTY], at_most=1, words=(NASTY, NASTY, "{name}"),
            without={NASTY: NASTY},
        ),
        controls.number(NASTY, NASTY, NASTY, NASTY, NASTY),
        controls.switch(NASTY, NASTY, NASTY, True),
        controls.one_of(NASTY, {NASTY: NASTY}, NASTY),
    ],
)  # fmt: skip
def test_no_text_becomes_markup(html):
    tags = read(html)
    assert "script" not in [tag for tag, _ in tags.found]
    assert NASTY in tags.text


def test_a_list_says_what_is_chosen_and_what_a_choice_makes_void():
    html = controls.select("gemeente", "Gemeente", {"a": "A", "b": "B"}, "b", drops=("wijk", "x"))
    tags = read(html)
    assert [each for tag, each in tags.found if tag == "option" and "selected" in each] == [
        {"value": "b", "selected": None}
    ]
    [chosen] = [each for tag, each in tags.found if tag == "select"]
    assert chosen["name"] == "gemeente"
    assert chosen["data-drops"] == "wijk x"


def _several(chosen, at_most=3):
    return read(
        controls.several(
            "keuze",
            "Kies",
            {"a": "A", "b": "B", "c": "C"},
            chosen,
            at_most=at_most,
            words=("voeg toe", "vol", "Haal {name} weg"),
            without={each: f"./x?zonder={each}" for each in chosen if len(chosen) > 1},
        )
    ).found


def test_of_several_each_can_be_taken_away_and_the_others_added():
    tags = _several(["a", "b"])
    links = [each for tag, each in tags if tag == "a"]
    assert [each["aria-label"] for each in links] == ["Haal A weg", "Haal B weg"]
    assert [each["value"] for tag, each in tags if tag == "option"] == ["", "c"]
    [adding] = [each for tag, each in tags if tag == "select"]
    assert adding["data-add"] == "a,b"
    assert "disabled" not in adding


def test_the_last_one_stays_and_a_full_list_takes_no_more():
    assert [tag for tag, _ in _several(["a"])].count("a") == 0
    [adding] = [each for tag, each in _several(["a", "b"], at_most=2) if tag == "select"]
    assert "disabled" in adding


def test_a_field_is_named_by_its_label_and_explained_beside_it():
    tags = read(controls.number("bedrag", "Bedrag (€)", "2,5", "Uitleg.", "Van 0 tot en met 9."))
    [field] = [each for tag, each in tags.found if tag == "input"]
    [about] = [each for tag, each in tags.found if tag == "small"]
    assert field["aria-describedby"] == about["id"]
    assert field["value"] == "2,5"
    assert tags.text == "Bedrag (€)Uitleg. Van 0 tot en met 9."
