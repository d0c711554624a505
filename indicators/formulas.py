"""How an indicator is worked out, in words: published with each release beside its definition."""

from indicators.catalogue import measure, outcome
from indicators.vocabulary import Count, Indicator, Money, Population, Text

_POPULATIONS = {
    "residents": Text("inwoners", "residents"),
    "bijstand": Text("inwoners met bijstand", "residents on bijstand"),
}
_MONEY = Text("besteding", "spending")
_NATURES = {"structureel": Text("structurele ", "structural ")}


def formula(each: Indicator) -> Text:
    """Return "100 x uitstroom / actieve vrijwilligers", with the names of the measures."""
    top = _named(each.numerator)
    if each.denominator is None:
        return top
    under = _named(each.denominator)
    if each.per == 1:
        return Text(f"{top.nl} / {under.nl}", f"{top.en} / {under.en}")
    per = f"{each.per:,}"
    return Text(
        f"{per.replace(',', '.')} × {top.nl} / {under.nl}", f"{per} × {top.en} / {under.en}"
    )


def _named(term: Count | Money | Population) -> Text:
    if isinstance(term, Population):
        return _POPULATIONS[term.group]
    if isinstance(term, Count):
        counted = measure(term.measure)
        names = {category.id: category.name for category in counted.categories}
        part = names.get(term.category)
        if part is None:
            return counted.name
        return Text(f"{counted.name.nl} ({part.nl})", f"{counted.name.en} ({part.en})")
    if term.outcome:
        aim = outcome(term.outcome).name
        return Text(f"{_MONEY.nl} aan {aim.nl}", f"{_MONEY.en} on {aim.en}")
    nature = _NATURES.get(term.nature, Text("", ""))
    return Text(f"{nature.nl}{_MONEY.nl}", f"{nature.en}{_MONEY.en}")
