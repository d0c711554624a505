"""Open a page in Streamlit's AppTest as a link would, and read what it shows."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from dashboard.address.page_list import page
from data_access import settings

SECONDS = 60


def opened(page_id: str, **parameters: str) -> AppTest:
    """Run a page with URL parameters, all tables open; nothing of an earlier run is kept."""
    app = AppTest.from_file(str(settings.ROOT / "app.py"), default_timeout=SECONDS)
    if page_id != "overview":
        app.switch_page(page(page_id).path)
    for name, value in {"open": "alles", **parameters}.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    """Return all HTML that the page shows, styles and scripts left out."""
    pieces = [element.proto.body for element in app.get("html")]
    return re.sub(r"<(style|script)[^>]*>.*?</\1>", " ", " ".join(pieces), flags=re.DOTALL)


def links(app: AppTest) -> dict[str, dict[str, str]]:
    """Return the links within the product: the parameters of each by its text."""
    found = re.findall(r'<a data-go href="([^"]*)"[^>]*>([^<]*)</a>', html(app))
    return {
        unescape(text): dict(parse_qsl(urlsplit(unescape(address)).query))
        for address, text in found
    }


def choose(app: AppTest, name: str, value: str) -> AppTest:
    """Choose from the list of URL parameter `name`, as frame.js does."""
    [(drops, options)] = re.findall(
        rf'<select data-choice name="{name}"(?: data-drops="([^"]*)")?>(.*?)</select>', html(app)
    )
    assert f'<option value="{value}"' in options
    for dropped in drops.split():
        app.query_params.pop(dropped, None)
    app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    """Return the text of the page's HTML without tags."""
    return unescape(re.sub(r"<[^>]+>", " ", html(app)))


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Return the Vega-Lite specs of the page."""
    return [json.loads(each.proto.spec) for each in app.get("vega_lite_chart")]


def drawn_rows(app: AppTest) -> list[pd.DataFrame]:
    """Return the rows that the charts of the page draw, a frame per data set."""
    return [
        convert_arrow_bytes_to_pandas_df(dataset.data.data)
        for each in app.get("vega_lite_chart")
        for dataset in each.proto.datasets
    ]


def decks(app: AppTest) -> list[dict[str, Any]]:
    """Return the deck.gl specs of the page."""
    return [json.loads(each.proto.json) for each in app.get("deck_gl_json_chart")]
