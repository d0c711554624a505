"""The hints that the production start adds to Streamlit's page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from deploy import quick_start
from deploy.quick_start import QuickStart, hints, with_hints

PAGE = b"<html><head><title>x</title></head><body></head></body></html>"


async def _get(app, path="/", accept=b"text/html"):
    sent = []
    scope = {
        "type": "http",
        "path": path,
        "headers": [(b"accept", accept), (b"accept-encoding", b"gzip")],
    }

    async def send(message):
        sent.append(message)

    await app(scope, None, send)
    return sent


def _answering(kind, body, status=200, seen=None):
    async def app(scope, _receive, send):
        if seen is not None:
            seen.extend(scope["headers"])
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        headers.append((b"etag", b"abc"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})

    return app


def _run(coroutine):
    """In a thread of its own: the browser tests leave their event loop on this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _visit(app, **asked):
    middleware = QuickStart(app, added={"/kaart": "MAP"}, otherwise="PLAIN")
    return _run(_get(middleware, **asked))


def test_page_gets_the_hints_of_its_path_and_a_right_length():
    start, body = _visit(_answering(b"text/html; charset=utf-8", PAGE), path="/kaart")
    assert body["body"] == PAGE.replace(b"</head>", b"MAP</head>", 1)
    headers = dict(start["headers"])
    assert headers[b"content-length"] == str(len(body["body"])).encode()
    assert b"etag" not in headers


def test_other_pages_get_the_ordinary_hints():
    _, body = _visit(_answering(b"text/html", PAGE), path="/wijk")
    assert b"PLAIN</head>" in body["body"]


@pytest.mark.parametrize(
    ("kind", "status"), [(b"application/json", 200), (b"text/html", 404), (b"text/css", 200)]
)
def test_anything_but_a_good_page_is_passed_on_untouched(kind, status):
    sent = _visit(_answering(kind, PAGE, status))
    assert b"".join(message.get("body", b"") for message in sent) == PAGE


def test_requests_that_do_not_want_a_page_are_left_alone():
    sent = _visit(_answering(b"text/html", PAGE), accept=b"*/*")
    assert b"PLAIN" not in b"".join(message.get("body", b"") for message in sent)


def test_the_page_is_asked_for_uncompressed():
    seen = []
    _visit(_answering(b"text/html", PAGE, seen=seen))
    assert b"accept-encoding" not in dict(seen)


def test_websockets_are_passed_on():
    passed = []

    async def app(scope, _receive, _send):
        passed.append(scope["type"])

    _run(QuickStart(app, added={}, otherwise="")({"type": "websocket"}, None, None))
    assert passed == ["websocket"]


def test_hints_name_modules_of_this_streamlit():
    html = hints(quick_start.WITH_A_MAP)
    assert html.count('rel="modulepreload"') == len(quick_start.WITH_A_MAP)
    assert "DeckGlJsonChart." in html


def test_modules_that_are_gone_are_left_out(tmp_path):
    assert "modulepreload" not in hints(("Html",), tmp_path)


def test_hints_stand_at_the_end_of_the_first_head_only():
    assert with_hints(PAGE, "X").count(b"X</head>") == 1
