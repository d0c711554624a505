"""What is kept is the right answer, the same object, and never somebody else's."""

import pandas as pd
import pytest

from dashboard.elements import kept


@pytest.fixture
def calls():
    kept.forget()
    yield []
    kept.forget()


def test_worked_out_once_and_handed_out_as_the_same_object(calls):
    def table(name, size=1):
        calls.append(name)
        return pd.DataFrame({"name": [name] * size})

    first = kept.remember(table, "a", size=2)
    assert kept.remember(table, "a", size=2) is first
    assert calls == ["a"]
    assert len(kept.remember(table, "a", size=3)) == 3
    assert kept.remember(table, "b")["name"].tolist() == ["b"]


def test_positional_and_named_arguments_are_not_mixed_up(calls):
    def pair(one, other="-", more="-"):
        return f"{one} {other} {more}"

    assert kept.remember(pair, "a", "other", "b") == "a other b"
    assert kept.remember(pair, "a", other="b") == "a b -"
    assert kept.remember(pair, "a", more="b") == "a - b"


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), ("1", 1)])
def test_equal_values_of_another_type_are_another_question(calls, one, other):
    assert kept.remember(repr, one) == repr(one)
    assert kept.remember(repr, other) == repr(other)


def test_own_frames_are_recognised_and_others_compared_by_content(calls):
    def made(rows):
        return pd.DataFrame({"value": range(rows)})

    def total(frame):
        calls.append(len(frame))
        return int(frame["value"].sum())

    assert kept.remember(total, kept.remember(made, 3)) == 3
    assert kept.remember(total, kept.remember(made, 3)) == 3
    assert calls == [3]
    assert kept.remember(total, made(4)) == 6
    assert kept.remember(total, made(4)) == 6
    assert calls == [3, 4]
    assert kept.remember(total, made(5)) == 10


def test_frame_that_was_changed_outside_is_another_frame(calls):
    def total(frame):
        return int(frame["value"].sum())

    frame = pd.DataFrame({"value": [1, 2]})
    assert kept.remember(total, frame) == 3
    frame.loc[0, "value"] = 5
    assert kept.remember(total, frame) == 7


def test_lists_and_dicts_are_compared_by_what_is_in_them(calls):
    def joined(words, names):
        calls.append(1)
        return " ".join(names[each] for each in words)

    assert kept.remember(joined, ["a", "b"], {"a": "A", "b": "B"}) == "A B"
    assert kept.remember(joined, ["a", "b"], {"a": "A", "b": "B"}) == "A B"
    assert calls == [1]
    assert kept.remember(joined, ["b", "a"], {"a": "A", "b": "B"}) == "B A"


def test_an_error_is_not_kept(calls):
    def fails():
        calls.append(1)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            kept.remember(fails)
    assert calls == [1, 1]


def test_decorated_function_is_the_same_answer_under_its_own_name(calls):
    @kept.kept
    def doubled(number):
        """Return twice the number."""
        calls.append(number)
        return [number, number]

    assert doubled(2) is doubled(2)
    assert (doubled.__name__, doubled.__doc__) == ("doubled", "Return twice the number.")
    assert calls == [2]
