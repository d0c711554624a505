"""What a buyer does: compare organisations, choose some, take the sheet along as one A4."""

import pypdf
import pytest
from playwright.sync_api import expect

from dashboard.words.copy import t
from sample_data.canaries import TOKENS
from tests.browser.test_journeys import chosen
from tests.browser.visiting import CHARTS, address_of, settle

pytestmark = pytest.mark.browser
VIEW = {
    "gemeente": "GM0080",
    "indicator": "outflow_per_100_volunteers",
    "periode": "2025",
    "taal": "nl",
}
ORGANISATIONS = {
    "Wijkbedrijf Vrijheidswijk": "wijkbedrijf-vrijheidswijk",
    "Wijkinitiatieven Leeuwarden (voorbeeld)": "wijkinitiatieven-leeuwarden",
}


def choose(tab, label, option):
    tab.get_by_role("combobox", name=label, exact=True).select_option(option)


def test_from_wijken_to_the_sheet_of_four_organisations(server, tab, tmp_path):
    tab.goto(address_of(server, "compare", **VIEW))
    settle(tab)
    choose(tab, t("compare.kind", "nl"), t("unit_kind.organisaties.label", "nl"))
    tab.wait_for_url(lambda url: chosen(url).get("soort") == "organisaties")
    label = t("compare.choose", "nl", many="organisaties")
    expect(tab.get_by_role("combobox", name=label)).to_be_visible()
    settle(tab)
    for option, value in ORGANISATIONS.items():
        choose(tab, label, option)
        tab.wait_for_url(lambda url, v=value: v in chosen(url).get("keuze", ""))
        expect(tab.locator(".several li", has_text=option)).to_be_visible()
        settle(tab)
    assert tab.locator(CHARTS).count() == 2
    table = tab.locator("table", has=tab.locator("caption", has_text="naast elkaar:"))
    heads = table.locator("thead th").all_text_contents()
    assert heads[1:5] == ["Wijkbedrijf Bilgaard", "Dreamfabryk", *ORGANISATIONS]

    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=t("sheet.download", "nl")).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "inkoopblad-organisaties-gm0080-1.pdf"
    read = pypdf.PdfReader(path)
    assert len(read.pages) == 1
    text = " ".join(read.pages[0].extract_text().split())
    assert t("frame.sample", "nl") in text
    for name in heads[1:5]:
        assert name in text
    cells = [cell.split() for cell in table.locator("tbody td").all_inner_texts()]
    assert [word for cell in cells for word in cell[:1] if word not in text] == []
    [link] = {each.get_object()["/A"]["/URI"] for each in read.pages[0]["/Annots"]}
    assert chosen(link)["op"].startswith("2026-03-17")
    assert [token for token in TOKENS if token in text] == []

    tab.goto(link)
    settle(tab)
    assert table.locator("thead th").all_text_contents() == heads
    assert text.startswith(t("frame.sample", "nl"))
