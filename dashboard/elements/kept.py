"""Pure functions that are worked out once: answers of a release, tables, charts, sentences.

A release never changes, so what was made of it can be kept and handed out again, the same object
every time. That is quick because a frame that came out of here is recognised by what it is, not
by its content. Whoever gets such an answer may read it, never change it.
"""

import pickle
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

# An answer is a few kilobytes, a map 100; a busy day with every choice made stays under 300 MB.
MOST_ANSWERS = 6000

P = ParamSpec("P")
R = TypeVar("R")

_answers_by_identity: WeakValueDictionary[int, Any] = WeakValueDictionary()


class _Recognised:
    """An argument that cannot be a key itself; `mark` is its identity or its content."""

    __slots__ = ("mark", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.mark = _mark(value)

    def __hash__(self) -> int:
        return hash(self.mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Recognised) and self.mark == other.mark


def _mark(value: Any) -> Hashable:
    # An answer from here keeps its number as long as it lives, and this key lets it live.
    if _answers_by_identity.get(id(value)) is value:
        return id(value)
    if isinstance(value, list):
        return ("list", *map(_key, value))
    if isinstance(value, dict):
        return ("dict", *((name, _key(each)) for name, each in value.items()))
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=MOST_ANSWERS, typed=True)
def _work_out(function: Callable[..., Any], count: int, *arguments: Any) -> Any:
    given = [each.value if isinstance(each, _Recognised) else each for each in arguments]
    names, values = given[count::2], given[count + 1 :: 2]
    answer = function(*given[:count], **dict(zip(names, values, strict=True)))
    # A text, a list or the like has no weak reference: it is recognised by its content.
    with suppress(TypeError):
        _answers_by_identity[id(answer)] = answer
    return answer


def remember(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Return `function(*arguments, **named)`, worked out once for the same arguments.

    Arguments are the same when they are equal and of one type; frames and other things without a
    hash when they are the same answer from here, or have the same content. An error is not kept.
    """
    keys = [_key(each) for each in arguments]
    for name, value in named.items():
        keys += [name, _key(value)]
    return _work_out(function, len(arguments), *keys)


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a pure function: it is worked out once for the same arguments."""

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> R:
        answer: R = remember(function, *arguments, **named)
        return answer

    return asked


def forget() -> None:
    """Forget everything: for tests, that have more than one database."""
    _work_out.cache_clear()


def misses() -> int:
    """Return how often something had to be worked out, for the tests of a warm page."""
    return _work_out.cache_info().misses


def _key(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return _Recognised(value)
    return value
