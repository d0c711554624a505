"""What a reader can choose on a page, with what was chosen: elements of a view.

The URL is the truth: the value of a choice comes from `Selection.extras`, checked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.address.reader_choices import number_in
from dashboard.address.selection import Selection
from dashboard.elements.view import Element
from dashboard.words.copy import t
from dashboard.words.numbers import number


@dataclass(frozen=True)
class Choice(Element):
    """One of `options` (id -> text); `refused` is a sentence about an id that is none of them."""

    name: str
    label: str
    options: Mapping[str, str]
    value: str
    width: int | None = None
    refused: str = ""

    @classmethod
    def of(
        cls,
        selection: Selection,
        name: str,
        label: str,
        options: Mapping[str, str],
        width: int | None = None,
    ) -> "Choice":
        """Return the choice `name` (one of the page's `extras`); the first option is the usual."""
        usual = next(iter(options))
        asked = selection.extra(name, usual)
        if asked in options:
            return cls(name, label, options, asked, width)
        words = {"label": label, "value": asked[:60]}
        refused = t("frame.unknown_choice", selection.language, **words)
        return cls(name, label, options, usual, width, refused)


@dataclass(frozen=True)
class Several(Element):
    """Some of `options` (id -> text), at most `at_most`."""

    name: str
    label: str
    options: Mapping[str, str]
    value: tuple[str, ...]
    at_most: int

    @classmethod
    def of(
        cls,
        selection: Selection,
        name: str,
        label: str,
        options: Mapping[str, str],
        usual: Sequence[str],
        at_most: int,
    ) -> "Several":
        """Return the choice `name`: ids in the URL, joined by commas; unknown ones do not count."""
        named = selection.extra(name, ",".join(usual)).split(",")
        value = tuple(each for each in dict.fromkeys(named) if each in options)[:at_most]
        return cls(name, label, options, value, at_most)


@dataclass(frozen=True)
class Related(Element):
    """A move to a related indicator; `options` are indicators (id -> text).

    None is chosen while the indicator of the page is none of them.
    """

    label: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class NumberField(Element):
    """A number within limits; `refused` is a sentence about what is no such number.

    `typed` is the number as the reader's language writes it, `explanation` and `limits` stand by
    the field.
    """

    name: str
    label: str
    value: float
    typed: str
    explanation: str
    limits: str
    refused: str = ""

    @classmethod
    def of(
        cls,
        selection: Selection,
        name: str,
        label: str,
        usual: float,
        limits: tuple[float, float],
        step: float,
        explanation: str = "",
    ) -> "NumberField":
        """Return the number `name`; what is none gives the usual, what is outside the nearest."""
        language = selection.language
        digits = 2 if step % 1 else 0
        low, high = (number(each, language, digits if each % 1 else 0) for each in limits)
        asked = selection.extra(name)
        value = number_in(asked) if asked else usual
        refused = ""
        if value is None or not limits[0] <= value <= limits[1]:
            value = usual if value is None else min(max(value, limits[0]), limits[1])
            used = number(value, language, digits)
            words = {"label": label, "value": asked[:60], "low": low, "high": high, "used": used}
            refused = t("frame.not_within", language, **words)
        between = t("frame.between", language, low=low, high=high)
        typed = number(value, language, digits)
        return cls(name, label, value, typed, explanation, between, refused)


@dataclass(frozen=True)
class Switch(Element):
    """Something to switch on; the URL holds "1" while it is."""

    name: str
    label: str
    explanation: str
    value: bool

    @classmethod
    def of(cls, selection: Selection, name: str, label: str, explanation: str) -> "Switch":
        """Return the switch `name`."""
        return cls(name, label, explanation, selection.extra(name) == "1")


@dataclass(frozen=True)
class BackToUsual(Element):
    """A link that takes the page's own choices `names` out of the URL."""

    names: Sequence[str]
    label: str
