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
    print(_by_kind(tallies[title]))


def _overall(tallies: dict[str, Tally]) -> str:
    lines = [
        ("spelling", "missed: two pseudonyms for one person at two organisations",
         "false: a pseudonym is also somebody else's", "idem, born on 1 January",
         "idem, born on another day")
    ]  # fmt: skip
    for name, tally in tallies.items():
        lines.append(
            (
                name,
                _percent(_sum(tally.missed.values())),
                _per_100_000(_sum(tally.shared.values())),
                _per_100_000(tally.shared[True]),
                _per_100_000(tally.shared[False]),
            )
        )
    return _table(lines)


def _by_kind(tallies: dict[str, Tally]) -> str:
    rates = {each.name: f"{each.rate:.1%}" for each in MISTAKES}
    lines = [("difference", "rate per record", "people", *tallies)]
    for kind in (NO_DIFFERENCE, *rates, SEVERAL):
        proportions = [tally.missed[kind] for tally in tallies.values()]
        lines.append(
            (kind, rates.get(kind, ""), str(proportions[0].of), *map(_percent, proportions))
        )
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
    low, high = part.interval()
    scaled = [each * 100_000 for each in (part.hits / part.of, low, high)]
    rate = "{:,.0f} per 100,000 ({:,.0f} - {:,.0f})".format(*scaled)
    return f"{part.hits:,} of {part.of:,}: {rate}"


def _table(lines: list[tuple[str, ...]]) -> str:
    ruled = [lines[0], tuple("---" for _ in lines[0]), *lines[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in ruled)


if __name__ == "__main__":
    main()
