"""Middleware that lets the browser load what a page needs while the connection is being made.

Streamlit's own start page tells a browser about maps and charts only after the script has run.
Here the page's HTML names those modules at once, and says where the server is, so that a link to
a page need not try two addresses. Both are hints: without them the page is the same, only later.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MODULES = Path(streamlit.__file__).parent / "static" / "static" / "js"
EVERY_PAGE = ("Html", "ArrowVegaLiteChart")
WITH_A_MAP = (*EVERY_PAGE, "DeckGlJsonChart", "webgl-device")
MAP_PAGES = ("/", "/kaart")
_ADDRESS = (
    "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin, "
    "MAIN_PAGE_BASE_URL: location.origin}</script>"
)


def hints(names: tuple[str, ...], modules: Path = MODULES) -> str:
    """Return the HTML that makes a browser load these modules of Streamlit's front end early.

    A module that this version of Streamlit does not have is left out.
    """
    files = [file.name for name in names for file in sorted(modules.glob(f"{name}.*.js"))[:1]]
    links = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{f}">' for f in files)
    imports = "".join(f'import("./static/js/{file}");' for file in files)
    return f'{_ADDRESS}{links}<script type="module">{imports}</script>'


def with_hints(page: bytes, added: str) -> bytes:
    """Return the HTML page with `added` at the end of its head."""
    return re.sub(rb"</head>", added.encode() + b"</head>", page, count=1)


@dataclass
class QuickStart:
    """ASGI middleware; `added` gives the HTML to add to the page at a path."""

    app: ASGIApp
    added: Mapping[str, str]
    otherwise: str = field(default="")

    @classmethod
    def here(cls) -> list[Middleware]:
        """Return the middleware for our pages, ready for st.App."""
        added = {path: hints(WITH_A_MAP) for path in MAP_PAGES}
        return [Middleware(cls, added=added, otherwise=hints(EVERY_PAGE))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the hints to HTML answers; pass everything else on untouched."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        added = self.added.get(scope["path"], self.otherwise)
        plain = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}
        await self.app(plain, receive, _Rewriter(send, added).send)


class _Rewriter:
    """Collects an HTML answer, adds the hints and sends it on."""

    def __init__(self, send: Callable[[Message], object], added: str) -> None:
        self._send = send
        self._added = added
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)  # type: ignore[misc]
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            page = with_hints(self._body, self._added)
            headers = MutableHeaders(raw=list(self._start["headers"]))
            headers["content-length"] = str(len(page))
            del headers["etag"]
            await self._send({**self._start, "headers": headers.raw})  # type: ignore[misc]
            await self._send({**message, "body": page})  # type: ignore[misc]
