"""Whether another cell tells who a person is: repeats a name or birth date, or holds an e-mail."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data_access.pseudonyms.birth_dates import dates_in
from data_access.pseudonyms.spelling import TUSSENVOEGSELS, first_and_last_word, words
from indicators.vocabulary import Text

# Shorter words of a name ("Bo", "An", an initial) are too often something else.
SHORTEST_WORD = 3
_FARTHEST = 5
_EMAIL = re.compile(r"\S@\S")

NAME = Text(
    "een waarde zonder de naam van iemand; haal de naam weg, of schrijf de waarde anders als hij "
    "toevallig op een naam lijkt",
    "a value without anybody's name; take the name out, or write the value otherwise if it looks "
    "like a name by chance",
)
BIRTH_DATE = Text(
    "een waarde zonder de geboortedatum; haal de datum weg",
    "a value without the birth date; take the date out",
)
EMAIL = Text(
    "een waarde zonder e-mailadres; haal het adres weg",
    "a value without e-mail address; take the address out",
)


@dataclass(frozen=True)
class Identity:
    """What other cells may not repeat: the words of a name, in `letters`, and the birth date.

    `first` and `last` are what the pseudonym is made with, before it is put by sound.
    """

    first: str
    last: str
    given: tuple[str, ...]
    surname: tuple[str, ...]
    born_on: datetime.date

    @classmethod
    def of(cls, given: str, surname: str, born_on: datetime.date) -> "Identity":
        """Return the identity of a person; `surname` may hold the tussenvoegsels.

        Raises ValueError as `first_and_last_word` does.
        """
        first, last = first_and_last_word(given, surname)
        return cls(first, last, tuple(words(given)), tuple(words(surname)), born_on)

    @property
    def has_initial(self) -> bool:
        """Whether there is one letter instead of a given name."""
        return len(self.first) == 1

    @property
    def telling(self) -> frozenset[str]:
        """The words of the name that are no tussenvoegsel and not very short."""
        return frozenset(
            word
            for word in (*self.given, *self.surname)
            if len(word) >= SHORTEST_WORD and word not in TUSSENVOEGSELS
        )

    @property
    def run_together(self) -> tuple[str, ...]:
        """The name without blanks, as in a user name."""
        if self.has_initial:
            return ()
        first, last, whole = self.first, self.last, "".join(self.surname)
        return (first + last, last + first, first + whole, whole + first)


def pairs_of(identities: Iterable[Identity]) -> frozenset[tuple[str, str]]:
    """Return the names of all people in a file, for `what_is_repeated`."""
    return frozenset((each.first, each.last) for each in identities if not each.has_initial)


def what_is_repeated(
    text: str, own: Identity | None, everybody: frozenset[tuple[str, str]]
) -> Text | None:
    """Return what a cell should have been when it tells who somebody is, or None.

    A cell may not hold, in whatever spelling `words` makes alike: a word of the name of the person
    of its row (`own`), the name of anybody in the file, the birth date of the row in any notation,
    or an e-mail address.
    """
    if not text:
        return None
    if _EMAIL.search(text):
        return EMAIL
    found = words(text)
    if _holds_a_pair(found, everybody):
        return NAME
    if own is None:
        return None
    together = "".join(found)
    if not own.telling.isdisjoint(found) or any(each in together for each in own.run_together):
        return NAME
    if tuple(found) in (own.given, own.surname) and len(together) > 1:
        return NAME
    return BIRTH_DATE if own.born_on in dates_in(text) else None


def _holds_a_pair(found: Sequence[str], everybody: frozenset[tuple[str, str]]) -> bool:
    return any(
        (one, other) in everybody or (other, one) in everybody
        for at, one in enumerate(found)
        for other in found[at + 1 : at + 1 + _FARTHEST]
    )
