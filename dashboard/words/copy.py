"""The words of the screen, per language, from ``nl.toml`` and ``en.toml`` beside this file."""

import tomllib
from functools import cache
from pathlib import Path

COPY = Path(__file__).parent


@cache
def texts(language: str) -> dict[str, str]:
    """Return every text of a language by dotted key ("menu.map"), read from file once."""
    with (COPY / f"{language}.toml").open("rb") as file:
        return _flat(tomllib.load(file), "")


def _flat(tree: dict[str, object], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, branch in tree.items():
        if isinstance(branch, dict):
            flat |= _flat(branch, f"{prefix}{name}.")
        else:
            flat[prefix + name] = str(branch)
    return flat


def t(key: str, language: str, **values: object) -> str:
    """Return the text `key` in `language`, with {placeholders} filled from `values`.

    Raises KeyError for a key, a language's file or a placeholder that does not exist.
    """
    text = texts(language)[key]
    return text.format(**values) if values else text
