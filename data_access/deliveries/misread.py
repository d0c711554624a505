"""Why a cell cannot be read, where that is more than that another sort of value was expected."""

from indicators.vocabulary import Text


class Misread(ValueError):
    """A cell with a fault that has words of its own; `expected` says what to write instead."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.expected = Text(nl, en)
