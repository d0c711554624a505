"""The command behind the figures of decision 11 measures what it says, again and again."""

from collections import Counter

import pytest

from data_access.publish.book import Book
from data_access.publish.context import Context
from data_access.publish.counts import ALL, Counts
from data_access.publish.protect import protect
from tests.attack.measure.totals import (
    DESIGNS,
    TOTALS,
    UnbalancedBook,
    read_sample,
    to_markdown,
    total_errors,
)

VILLAGES = "GM0085"


@pytest.fixture(scope="module")
def villages() -> tuple[dict[str, Context], dict[str, Counts]]:
    """Context and true counts of the smallest gemeente of the sample."""
    contexts, counts = read_sample()
    return {VILLAGES: contexts[VILLAGES]}, counts


def test_the_same_keys_give_the_same_figures(
    villages: tuple[dict[str, Context], dict[str, Counts]],
) -> None:
    once, again = (total_errors(*villages, keys=2) for _ in range(2))
    assert once == again
    assert [(each.measure, each.design) for each in once] == [
        (name, design) for name in TOTALS for design in DESIGNS
    ]
    # Rounding moves a total, and by no more than four for each of its leaves.
    gemeente = villages[0][VILLAGES].gemeente
    leaves = sum(len(villages[0][VILLAGES].places_of(each)) for each in gemeente.organisations)
    assert all(0 < each.people <= 4 * leaves for each in once)
    assert all(each.periods == (4 if each.measure == "outflow" else 16) for each in once)
    assert to_markdown(once, 2).count("\n| Ooststellingwerf |") == len(once)


def test_an_unbalanced_book_draws_leaf_by_leaf(
    villages: tuple[dict[str, Context], dict[str, Counts]],
) -> None:
    """Of twelve leaves two or three have each threshold in the one, not in the other."""
    contexts, counts = villages
    context, whose = contexts[VILLAGES], "dorpsinitiatieven-ooststellingwerf"
    shown, often = {}, {}
    for book in (Book(b"a key of the tests" * 3), UnbalancedBook(b"a key of the tests" * 3)):
        done = protect(counts, context, book)
        shown[type(book)] = [
            done.margins["volunteers", quarter][ALL, ALL, "", ALL].value
            for quarter in context.gemeente.quarters
        ]
        often[type(book)] = Counter(
            book.threshold("volunteering", whose, place, 1)
            for place in context.declared_wijken[whose]
        )
    assert shown[Book] != shown[UnbalancedBook]
    assert sorted(often[Book].values()) == [2, 2, 2, 3, 3]
    assert sorted(often[UnbalancedBook].values()) != [2, 2, 2, 3, 3]
