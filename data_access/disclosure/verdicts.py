"""Two verdicts on the same results, published so that they cannot contradict each other."""


def disagreements(
    claimed: int, judged: tuple[int, int], checked: tuple[int, int], differing: tuple[int, int]
) -> tuple[int, int]:
    """Return the two kinds of disagreement, moved into what the published verdicts leave room for.

    judged, checked: published (yes, no) of residents and of the administration. differing:
    rounded (residents only, administration only). A result that both saw lies in one of four
    classes, so "residents only" is at most `judged` yes and `checked` no, and at least what these
    two have too many for `claimed` to hold beside "administration only"; and the other way round.
    A function of published numbers: it tells nothing more.
    """
    (judged_yes, judged_no), (checked_yes, checked_no) = judged, checked
    most = min(judged_yes, checked_no), min(judged_no, checked_yes)
    residents = max(min(differing[0], most[0]), judged_yes + checked_no - claimed)
    administration = min(differing[1], most[1], claimed - judged_yes - checked_no + residents)
    least = judged_no + checked_yes - claimed + residents
    return residents, max(administration, least, 0)
