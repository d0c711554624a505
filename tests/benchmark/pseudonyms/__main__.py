"""`python -m tests.benchmark.pseudonyms`: prints the same tables each time."""

from collections.abc import Iterable

from tests.benchmark.pseudonyms.matching import (
    AT_TWO,
    NO_DIFFERENCE,
    SEVERAL,
    Proportion,
    Tally,
    count,
    known_people,
)
from tests.benchmark.pseudonyms.mistakes import MISTAKES
from tests.benchmark.pseudonyms.spellings import SPELLINGS

# Ten small gemeenten, because in one of them false matches are too few to count.
SIZES = {"10 gemeenten of 10,000": [10_000] * 10, "a gemeente of 100,000": [100_000]}

_KINDS = {
    NO_DIFFERENCE: "",
    **{each.name: f"{each.rate:.1%}" for each in MISTAKES},
    SEVERAL: "",
}


def main() -> None:
    """Make the people, count, print."""
    print(
        f"Invented people, all in the files, {AT_TWO:.0%} of them at two organisations; 95 % "
        "intervals of Wilson."
    )
    tallies = {}
    for title, sizes in SIZES.items():
        tallies[title] = {name: Tally() for name in SPELLINGS}
        for seed, size in enumerate(sizes):
            known = known_people(size, seed=size + seed)
            for name, spelling in SPELLINGS.items():
                count(known, spelling, tallies[title][name])
        print(f"\n## {title}\n")
        print(_overall(tallies[title]))
    print(f"\n## Missed matches by kind of difference, {title}\n")
    print(_missed_by_kind(tallies[title]))
    print(f"\n## False matches by kind of difference, {title}\n")
    print(_false_by_kind(tallies[title]))


def _overall(tallies: dict[str, Tally]) -> str:
    lines = [
        ("spelling", "missed: two pseudonyms for one person at two organisations",
         "idem, given name and own surname in both",
         "false: a pseudonym is also somebody else's", "idem, born on 1 January",
         "idem, born on another day")
    ]  # fmt: skip
    for name, tally in tallies.items():
        lines.append(
            (
                name,
                _percent(_sum(tally.missed.values())),
                _percent(tally.missed_as_asked),
                _per_100_000(_sum(tally.false.values())),
                *(
                    _per_100_000(_sum(part for (_, on), part in tally.false.items() if on == day))
                    for day in (True, False)
                ),
            )
        )
    return _table(lines)


def _missed_by_kind(tallies: dict[str, Tally]) -> str:
    lines = [("difference", "rate per record", "people", *tallies)]
    for kind, rate in _KINDS.items():
        proportions = [tally.missed[kind] for tally in tallies.values()]
        lines.append((kind, rate, str(proportions[0].of), *map(_percent, proportions)))
    return _table(lines)


def _false_by_kind(tallies: dict[str, Tally]) -> str:
    lines = [("difference", *tallies)]
    for kind in _KINDS:
        found = [
            _sum(part for (each, _), part in tally.false.items() if each == kind)
            for tally in tallies.values()
        ]
        lines.append((kind, *map(_per_100_000, found)))
    return _table(lines)


def _sum(parts: Iterable[Proportion]) -> Proportion:
    total = Proportion()
    for part in parts:
        total.hits += part.hits
        total.of += part.of
    return total


def _percent(part: Proportion) -> str:
    if not part.of:
        return "-"
    low, high = part.interval()
    return f"{part.hits / part.of:.1%} ({low:.1%} - {high:.1%})"


def _per_100_000(part: Proportion) -> str:
    if not part.of:
        return "-"
    low, high = part.interval()
    scaled = [each * 100_000 for each in (part.hits / part.of, low, high)]
    rate = "{:,.0f} per 100,000 ({:,.0f} - {:,.0f})".format(*scaled)
    return f"{part.hits:,} of {part.of:,}: {rate}"


def _table(lines: list[tuple[str, ...]]) -> str:
    ruled = [lines[0], tuple("---" for _ in lines[0]), *lines[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in ruled)


if __name__ == "__main__":
    main()
