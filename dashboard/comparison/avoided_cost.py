"""Avoided cost: an indication from stated assumptions, never realised money.

Formula (comparison.md, after the impact formula of the SROI guide): the sum over years t of
    count x unit price x (1 - deadweight) (1 - displacement) (1 - others) (1 - drop-off)^(t-1)
    / (1 + discount)^t
times (1 - optimism). Benefits fall at the end of each year.
"""

from dataclasses import dataclass, fields
from math import isfinite, prod

from dashboard.comparison.rounding import possible_counts

DUTCH_DISCOUNT_RATE = 0.0225
LONGEST = 50

SHARES = ("deadweight", "displacement", "others", "drop_off", "optimism")
# More of these makes the result larger; more of any other parameter makes it smaller.
GAINS = ("count", "unit_price", "years")


class AssumptionError(ValueError):
    """An assumption that cannot be used. `parameter` is the field, `rule` what it breaks:

    "number" (not finite), "negative", "order" (low <= central <= high), "share" (0 to 1) or
    "years" (whole, 1 to 50).
    """

    def __init__(self, parameter: str, rule: str) -> None:
        super().__init__(f"{parameter}: {rule}")
        self.parameter = parameter
        self.rule = rule


@dataclass(frozen=True)
class Assumption:
    """One parameter as low, central and high value (of the number itself), and its source."""

    low: float
    central: float
    high: float
    source: str = ""


def published_count(count: int, source: str) -> Assumption:
    """Return a published count with the true counts that may be behind it (5 is 1-9)."""
    lowest, highest = (float(bound) for bound in possible_counts(count))
    return Assumption(lowest, float(count), highest, source)


@dataclass(frozen=True)
class Assumptions:
    """All parameters of the formula. Shares and rates are fractions (0.4 for 40 %).

    `price_year` is the year of the unit price; `cashable` tells whether the avoided cost would
    leave a budget, or only make room in it. Raises AssumptionError.
    """

    count: Assumption
    unit_price: Assumption
    deadweight: Assumption
    displacement: Assumption
    others: Assumption
    drop_off: Assumption
    years: Assumption
    discount: Assumption
    optimism: Assumption
    price_year: int
    cashable: bool

    def __post_init__(self) -> None:
        for name in PARAMETERS:
            _check(name, getattr(self, name))


PARAMETERS = tuple(field.name for field in fields(Assumptions) if field.type is Assumption)


@dataclass(frozen=True)
class Year:
    """The avoided cost of one year, before optimism: at its own prices and as present value."""

    year: int
    undiscounted: float
    present_value: float


@dataclass(frozen=True)
class AvoidedCost:
    """Low: every parameter at its least favourable end; high: at its most favourable one."""

    low: float
    central: float
    high: float


@dataclass(frozen=True)
class Contribution:
    """The result if one parameter takes its two ends and all others stay central."""

    parameter: str
    unfavourable: float
    favourable: float

    @property
    def swing(self) -> float:
        """How far this one assumption moves the result."""
        return self.favourable - self.unfavourable


def central_values(assumptions: Assumptions) -> dict[str, float]:
    """Return the central value of every parameter, by name."""
    return {name: getattr(assumptions, name).central for name in PARAMETERS}


def yearly(values: dict[str, float]) -> tuple[Year, ...]:
    """Return the years one by one for one value of every parameter; optimism is not taken off."""
    kept = prod(1 - values[name] for name in ("deadweight", "displacement", "others"))
    first = values["count"] * values["unit_price"] * kept
    amounts = (
        (year, first * (1 - values["drop_off"]) ** (year - 1))
        for year in range(1, int(values["years"]) + 1)
    )
    return tuple(
        Year(year, amount, amount / (1 + values["discount"]) ** year) for year, amount in amounts
    )


def total(values: dict[str, float]) -> float:
    """Return the present value of all years after optimism, for one value of every parameter."""
    return sum(year.present_value for year in yearly(values)) * (1 - values["optimism"])


def avoided_cost(assumptions: Assumptions) -> AvoidedCost:
    """Return the low-central-high result. Indicative, and not automatically a saving."""
    ends = {name: _ends(name, getattr(assumptions, name)) for name in PARAMETERS}
    return AvoidedCost(
        low=total({name: end[0] for name, end in ends.items()}),
        central=total(central_values(assumptions)),
        high=total({name: end[1] for name, end in ends.items()}),
    )


def tornado(assumptions: Assumptions) -> tuple[Contribution, ...]:
    """Return every parameter's contribution, the assumption that matters most first."""
    central = central_values(assumptions)
    contributions = (
        Contribution(name, *(total(central | {name: end}) for end in _ends(name, value)))
        for name, value in ((name, getattr(assumptions, name)) for name in PARAMETERS)
    )
    return tuple(sorted(contributions, key=lambda found: -found.swing))


def _ends(name: str, value: Assumption) -> tuple[float, float]:
    """The least and the most favourable value of a parameter."""
    return (value.low, value.high) if name in GAINS else (value.high, value.low)


def _check(name: str, value: Assumption) -> None:
    numbers = (value.low, value.central, value.high)
    if not all(isfinite(number) for number in numbers):
        raise AssumptionError(name, "number")
    if min(numbers) < 0:
        raise AssumptionError(name, "negative")
    if not value.low <= value.central <= value.high:
        raise AssumptionError(name, "order")
    if name in SHARES and value.high > 1:
        raise AssumptionError(name, "share")
    if name == "years" and any(n != int(n) or not 1 <= n <= LONGEST for n in numbers):
        raise AssumptionError(name, "years")
