"""What rounding costs the totals of the sample's gemeenten, under many keys.

python -m tests.attack.measure.totals --keys 25

Each key protects the same true counts; the total that a release shows of the gemeente is held
against the true one. Balanced thresholds (five leaves of an organisation have all five of them)
stand beside thresholds drawn leaf by leaf, which is what balance is to be judged against.
"""

import argparse
import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.disclosure.thresholds import THRESHOLDS, uniform
from data_access.publish.book import Book
from data_access.publish.context import Context, gemeenten_with_figures, read_context
from data_access.publish.counts import ALL, Counts, count
from data_access.publish.delivered import delivered
from data_access.publish.protect import Protected, protect
from data_access.schema import make_ready
from data_access.settings import ROOT
from indicators.catalogue import MEASURES, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Amount

# The sample says that it was delivered by then; what is later would be refused as a future.
SAMPLE_DAY = date(2026, 3, 17)
# What is shown of the whole gemeente: people on a date, and outflow of a year.
TOTALS = ("volunteers", "outflow")
DESIGNS = ("balanced", "unbalanced")


class UnbalancedBook(Book):
    """Thresholds drawn leaf by leaf: nothing keeps what rounds up and down in balance."""

    def threshold(self, people: str, organisation: str, place: str, epoch: int) -> int:
        """Return a threshold (0 to 4) that is no permutation with those of other leaves."""
        name = ("unbalanced", people, organisation, place, epoch)
        return uniform(self.key, name) % THRESHOLDS


@dataclass(frozen=True)
class TotalError:
    """How far a shown total is from the truth: means over its periods and all keys.

    `true`: mean true number of people. `people`: mean |shown - true|. `share`: mean
    |shown - true| / true, over periods with a true total of at least one. `told`: the share of
    totals that lie within the error that the release states beside them.
    """

    gemeente: str
    measure: str
    design: str
    periods: int
    true: float
    people: float
    share: float
    told: float


def read_sample() -> tuple[dict[str, Context], dict[str, Counts]]:
    """Return context and true counts of each gemeente of the sample, loaded anew.

    Contexts by gemeente code; counts by measure id (see data_access.publish.counts).
    """
    with tempfile.TemporaryDirectory() as folder:
        engine = writing_engine(f"sqlite:///{Path(folder) / 'sample.sqlite'}")
        make_ready(engine)
        load(ROOT / "sample_data", engine, today=SAMPLE_DAY)
        with engine.connect() as connection:
            contexts = {
                code: read_context(connection, code, name, SAMPLE_DAY)
                for code, name in gemeenten_with_figures(connection).items()
            }
            counts = {
                each.id: count(connection, each.id, contexts)
                for each in MEASURES
                if not isinstance(each, Amount)
            }
        engine.dispose()
    return contexts, counts


def total_errors(
    contexts: Mapping[str, Context], counts: Mapping[str, Counts], keys: int
) -> list[TotalError]:
    """Protect the gemeenten with `keys` keys in each design and compare their totals."""
    found = []
    for code, context in contexts.items():
        for design in DESIGNS:
            seen: dict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
            for number in range(keys):
                secret = hashlib.sha256(f"totals {code} {number}".encode()).digest()
                book = (Book if design == "balanced" else UnbalancedBook)(secret)
                done = protect(counts, context, book)
                for name in TOTALS:
                    seen[name] += _totals(done, counts[name], name)
            found += [_error(context, name, design, rows) for name, rows in seen.items()]
    return sorted(found, key=lambda each: (each.gemeente, TOTALS.index(each.measure)))


def _totals(done: Protected, counts: Counts, name: str) -> Iterator[tuple[str, int, int, int]]:
    """Give (period, shown, true, stated error) of each shown total of the gemeente."""
    context = done.context
    periods = context.gemeente.years if name == "outflow" else context.gemeente.quarters
    for period in periods:
        cell = done.margins[name, period][ALL, ALL, "", ALL]
        if cell.value is None:
            continue
        present = {
            each
            for each in context.gemeente.organisations
            if delivered(measure(name), period, each, context)
        }
        true = sum(
            n
            for part in (quarters_of(int(period)) if is_year(period) else (period,))
            for leaf, n in counts.get((context.gemeente.code, part), {}).items()
            if leaf[1] in present
        )
        yield period, cell.value, true, cell.error


def _error(
    context: Context, name: str, design: str, rows: Sequence[tuple[str, int, int, int]]
) -> TotalError:
    shown, true, stated = (np.array([row[column] for row in rows]) for column in (1, 2, 3))
    off, some = abs(shown - true), true >= 1
    return TotalError(
        context.gemeente.name,
        name,
        design,
        len({row[0] for row in rows}),
        float(true.mean()),
        float(off.mean()),
        float((off[some] / true[some]).mean()),
        # A total of one leaf states no error: its base is its error.
        float((off <= np.maximum(stated, THRESHOLDS - 1)).mean()),
    )


def to_markdown(errors: Sequence[TotalError], keys: int) -> str:
    """Return a table with a row per gemeente, total and design."""
    lines = [
        f"Totals of the sample's gemeenten under {keys} keys.",
        "",
        "| gemeente | total | thresholds | periods | true, mean | mean error | of the total | "
        "within what is stated |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.gemeente} | {each.measure} | {each.design} | {each.periods} | {each.true:.0f} | "
        f"{each.people:.1f} | {100 * each.share:.1f} % | {100 * each.told:.0f} % |"
        for each in errors
    ]
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, protect the sample under each key and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--keys", type=int, default=25)
    given = parser.parse_args()
    print(to_markdown(total_errors(*read_sample(), given.keys), given.keys))


if __name__ == "__main__":
    main()
