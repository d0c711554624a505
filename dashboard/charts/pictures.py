"""Small drawings inside a page's HTML. Pure functions."""

from html import escape
from urllib.parse import quote


def picture(svg: str, text: str) -> str:
    """Return an SVG as an <img> with `text` as its alternative ("" for decoration).

    Streamlit takes <svg> out of HTML; an image with a data URI stays.
    """
    return f'<img src="data:image/svg+xml,{quote(svg, safe="")}" alt="{escape(text)}">'
