"""The attack: search everything that the server sends for true values of people."""

import json

import pytest

from dashboard.address.page_list import PAGES
from dashboard.words.copy import t
from sample_data.canaries import LONE_WIJK, TOKENS, WIJK
from tests.browser.visiting import PAGE_IDS, frames_over_the_wire, messages

pytestmark = pytest.mark.browser
NAMES = {"GM0085": ("Ooststellingwerf", "Nijeberkoop"), "GM0080": ("Leeuwarden", "Middelsee")}
WIJK_OF = {"GM0085": WIJK, "GM0080": LONE_WIJK}


def found(tokens, frames):
    """Return the tokens in frames: as bytes, and as text with the escapes of JSON undone."""
    whole = b"\n".join(frames).lower()
    return [
        token
        for token in tokens
        if token.lower().encode() in whole
        or json.dumps(token.lower())[1:-1].encode() in whole
        or token.lower().encode("utf-16-le") in whole
    ]


@pytest.mark.parametrize("gemeente", ["GM0085", "GM0080"])
def test_no_page_sends_a_true_value(server, gemeente):
    sent = []
    for each in PAGES:
        for wijk in ("", WIJK_OF[gemeente]) if "wijk" in each.filters else ("",):
            chosen = {"gemeente": gemeente, "taal": "nl"} | ({"wijk": wijk} if wijk else {})
            frames = frames_over_the_wire(server, each.id, **chosen)
            assert found([t("frame.sample", "nl"), NAMES[gemeente][0]], frames), each.id
            [last] = messages(frames[-1:])
            assert last.script_finished == 0, f"{each.id} did not run to its end"
            sent += frames
    # The collector sees the very wijk in which the canaries live, so a hit would be seen too.
    assert found(NAMES[gemeente], sent) == list(NAMES[gemeente])
    assert found(TOKENS, sent) == []


def test_no_true_value_reaches_the_browser(visited):
    sent = [frame for page_id in PAGE_IDS for frame in visited(page_id, "nl").frames]
    assert found(NAMES["GM0080"], sent) == list(NAMES["GM0080"])
    assert found(TOKENS, sent) == []
    assert found(TOKENS, [*sent, b"x kanarie-7F3A x"]) == ["kanarie-7f3a", "kanarie"]
