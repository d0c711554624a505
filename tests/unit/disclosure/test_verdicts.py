"""Two kinds of disagreement that always fit the published verdicts."""

from itertools import product

from data_access.disclosure.rounding import parts, rounded
from data_access.disclosure.verdicts import disagreements


def fits(
    claimed: int, judged: tuple[int, int], checked: tuple[int, int], found: tuple[int, int]
) -> bool:
    """Whether a table of judged (yes, no, not) by checked (yes, no, not) has these numbers.

    Written out from the table itself: with the two disagreements given, the agreements can be
    anything that leaves no cell below zero.
    """
    residents, administration = found
    (judged_yes, judged_no), (checked_yes, checked_no) = judged, checked
    for both_yes, both_no in product(range(claimed + 1), repeat=2):
        cells = (
            judged_yes - both_yes - residents,
            judged_no - both_no - administration,
            checked_yes - both_yes - administration,
            checked_no - both_no - residents,
            residents,
            administration,
        )
        inside = judged_yes + judged_no + checked_yes + checked_no
        seen_by_both = both_yes + both_no + residents + administration
        if min(cells) >= 0 and claimed - (inside - seen_by_both) >= 0:
            return True
    return False


def test_all_small_tables_are_free_of_contradictions() -> None:
    """Every table of nine true cells with up to two results each, rounded by each threshold."""
    tried = 0
    for cells in product((0, 1, 3), repeat=6):
        yes_yes, yes_no, no_yes, no_no, yes_none, none_yes = cells
        claimed = sum(cells)
        judged = (yes_yes + yes_no + yes_none, no_yes + no_no)
        checked = (yes_yes + no_yes + none_yes, yes_no + no_no)
        for threshold in range(5):
            shown = [tuple(parts(each, threshold, 5)) for each in (judged, checked)]
            whole = rounded(claimed, threshold, 5)
            differing = rounded(yes_no, threshold, 5), rounded(no_yes, threshold, 5)
            found = disagreements(whole, shown[0], shown[1], differing)
            assert fits(whole, shown[0], shown[1], found), (cells, threshold)
            tried += 1
    assert tried == 3**6 * 5


def test_what_fits_is_left_as_it_is() -> None:
    assert disagreements(40, (25, 10), (20, 15), (5, 0)) == (5, 0)


def test_the_published_contradiction_of_before_is_mended() -> None:
    """Residents yes + administration no + administration only may not exceed claimed + residents
    only: 13 of 2,032 published cells of the first sample broke this or its mirror.
    """
    residents, administration = disagreements(20, (15, 5), (10, 10), (0, 5))
    assert 15 + 10 + administration <= 20 + residents
