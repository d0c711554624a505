"""How far long work is: told to whoever asked for it."""

from collections.abc import Callable

from indicators.vocabulary import Text

Progress = Callable[[Text, float], None]
"""Called with what is being done and which part of that is done, from 0 to 1."""

READING = Text("levering lezen", "reading the delivery")
CHECKING = Text("vergelijken met het register", "comparing with the register")
WRITING = Text("schrijven", "writing")


def silent(_doing: Text, _part: float) -> None:
    """Tell nobody."""
