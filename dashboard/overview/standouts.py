"""Which wijken differ from their gemeente beyond chance. Pure functions on frames."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.comparison.judgement import Judged, Verdict
from dashboard.words.copy import t
from dashboard.words.numbers import value_text
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class Standout:
    """A wijk that differs from its gemeente beyond chance, also among all wijken."""

    area: str
    name: str
    indicator: Indicator
    higher: bool
    sentence: str


def standouts(
    judged: Sequence[tuple[Indicator, Judged]], names: Mapping[str, str], language: str
) -> tuple[Standout, ...]:
    """Return which places are higher or lower, per indicator those that are higher first.

    The verdicts are given, never made here. `names`: name by id.
    """
    return tuple(
        _standout(each, names[each], indicator, found, verdict is Verdict.HIGHER, language)
        for indicator, found in judged
        for verdict in (Verdict.HIGHER, Verdict.LOWER)
        for each in sorted(found.named(verdict), key=names.__getitem__)
    )


def _standout(
    area: str, name: str, indicator: Indicator, judged: Judged, higher: bool, language: str
) -> Standout:
    digits = max(indicator.digits, 1)
    whole = judged.whole_value
    if whole is None:
        raise ValueError("a verdict is against a whole")
    sentence = t(
        "sentence.standout_high" if higher else "sentence.standout_low",
        language,
        name=name,
        indicator=_lower(indicator.name.in_language(language)),
        value=value_text(judged.places.loc[area, "value"], indicator.unit, digits, language),
        whole=value_text(whole, indicator.unit, digits, language),
    )
    return Standout(area, name, indicator, higher, sentence)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
