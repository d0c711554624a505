"""What an attack on a draft found."""

from dataclasses import dataclass

from indicators.vocabulary import Text


@dataclass(frozen=True)
class Finding:
    """What an attack found: in which table (and where in it), and why it may not be published."""

    table: str
    why: Text
    where: tuple[str, ...] = ()
