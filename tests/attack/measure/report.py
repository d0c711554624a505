"""Runs every attack, holds the results against the bars and writes them as a table."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.attack.measure.attribute import (
    FROM_SIX_LEVELS,
    LevelGain,
    agrees,
    level_gain,
    level_gain_of_wijk,
)
from tests.attack.measure.costs import Cost, costs
from tests.attack.measure.everything import (
    TARGETS,
    VOLUNTEERS,
    Recovery,
    Target,
    attack_everything,
    choose,
    recovery,
)
from tests.attack.measure.exact import (
    DRAWN_AGAIN,
    DRAWN_EACH_TIME,
    SHARED,
    Mixture,
    Scheme,
    one_cell,
)
from tests.attack.measure.insiders import Oracle, Planted, ask, plant, plant_in_imitation
from tests.attack.measure.old import OldProtection
from tests.attack.measure.places import Form, Sample, collect, halves, only_counted, without
from tests.attack.measure.published import Protect
from tests.attack.measure.reference import Design
from tests.attack.measure.registers import CATEGORIES, OF_RESULTS, SETTLED
from tests.attack.measure.sample import sample_towns
from tests.attack.measure.simulated import Trained, own_releases, usual
from tests.attack.measure.statement import attack_that_date, attack_with_statement
from tests.attack.measure.statistics import Gain, Share, together

TRAINING = ("churning", "static", "settled")
TESTED = ("churning", "static", "unlike")
# Flows and levels are shown of places with more people; numbers of 1 to 9 are frequent in these.
OF_FLOWS = ("churning", "steady", "unlike")
LEARNT_OF_FLOWS = ("churning", "steady")
# The old product drew nearly the same people again and again: most telling where nobody moves.
TESTED_OLD = ("settled", "static", "churning")
QUICK = ("churning", "static")
# Models train on releases of these; the others are unlike all that they have seen.
LEARNT = ("churning", "static")
OVER_CELL = 5.0
EXACT = 0.35
PINNED = 0.03
AT_SMALLEST = 7.0
AT_EIGHTY = 3.0
# Places of one organisation with a true value of 1-9 that a gemeente has, kept equally frequent.
# (`unlike` has fewer small ones.)
_PLACES_PER_TOWN = {"churning": 6.0, "static": 6.0, "unlike": 3.0, "settled": 6.0}
# The same where every organisation works in one or two wijken, and one of two is attacked.
_OF_FEW_PER_TOWN = dict.fromkeys(TESTED, 3.9)
# The same for flows and levels in places with more people: half of these train the models.
_OF_FLOWS_PER_TOWN = dict.fromkeys(OF_FLOWS, 3.0)
# The same in places that show all there is; new volunteers of 1 to 9 are frequent in `steady` only.
_OF_TWENTIES_PER_TOWN = {"steady": 20 / 9, "churning": 20 / 3, "unlike": 20 / 3}
# People of whom the level is guessed, at a published whole; most where a bar stands.
TRIALS = {10: 20_000, 20: 12_000, 25: 20_000, 40: 8_000, 80: 16_000}
# Three classes are guessed at 10, and at 25: a group of small places, for one alone in a wijk.
THREE = (10, 25)
BETWEEN = ("40",)
LONE = 1500
# Gemeenten that the attacker counts, and wijken of imitated releases, of each kind.
_TOWNS_COUNTED = 150
_IMITATED = 2800


@dataclass(frozen=True)
class Asked:
    """What is measured. `only`: everything, statement, later, insiders, level, lone, costs."""

    places: int
    quick: bool
    cache: Path | None = None
    only: tuple[str, ...] = ()
    seed: int = 1
    kinds: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def tested(self) -> tuple[str, ...]:
        """Return the kinds of register that are attacked."""
        return self.kinds or (QUICK if self.quick else TESTED)

    @property
    def tested_old(self) -> tuple[str, ...]:
        """Return the same for the old product."""
        return self.kinds or (QUICK if self.quick else TESTED_OLD)

    def wants(self, part: str) -> bool:
        """Tell whether a part is asked for."""
        return not self.only or part in self.only


@dataclass
class Measured:
    """All that was found, and the margin that the bars give a small sample."""

    recoveries: list[Recovery] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    oracle: Oracle | None = None
    levels: list[LevelGain] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)


def measure_all(
    asked: Asked, protect: Protect | OldProtection, once: bool, design: Design | None
) -> Measured:
    """Run the parts that are asked for. `design` None means that draws are not shared (old)."""
    found = Measured()
    scheme = _scheme(design)
    if design is None:
        _of_old(asked, protect, found)
    elif any(map(asked.wants, ("everything", "statement", "later", "insiders"))):
        kinds = QUICK if asked.quick else TRAINING
        own = [
            only_counted(name, asked.seed, _TOWNS_COUNTED, once)
            if scheme.shared
            else _sample(asked, protect, name, asked.seed, once)
            for name in kinds
        ]
        exact = Mixture(scheme, own)
        tested: list[Sample] = []
        about_people = not asked.targets or VOLUNTEERS.name in asked.targets
        if about_people and (asked.wants("everything") or asked.wants("later")):
            tested = [_sample(asked, protect, name, asked.seed + 1, once) for name in asked.tested]
            tested = [without(sample, asked.without) for sample in tested]
        if asked.wants("everything"):
            found.recoveries += _volunteers(asked, tested, exact) if about_people else []
            found.recoveries += _flows(asked, protect, scheme, once)
        few: list[Sample] = []
        if asked.wants("statement") or asked.wants("later"):
            few = [
                _sample(asked, protect, name, asked.seed + 1, once, "few") for name in asked.tested
            ]
        if asked.wants("statement"):
            found.recoveries += attack_that_date(few, exact)
        if asked.wants("later"):
            found.recoveries += attack_with_statement(own, few, exact, few=True)
            found.recoveries += attack_with_statement(own, tested, exact)
        if asked.wants("insiders"):
            release = _releases(protect)
            found.planted = plant(release, 6 if asked.quick else 24, asked.seed, once, exact)
            found.oracle = ask(release, 12 if asked.quick else 80, asked.seed, once)
    if asked.wants("level"):
        for whole, trials in ((10, 1000),) if asked.quick else TRIALS.items():
            if not agrees(_once(protect), whole, asked.seed, whole < FROM_SIX_LEVELS):
                raise ValueError(f"a wijk of {whole} shows something else than one threshold gives")
            found.levels.append(level_gain_of_wijk(whole, trials, asked.seed, whole in THREE))
    if asked.wants("lone"):
        lone = 300 if asked.quick else LONE
        found.levels.append(level_gain(_once(protect), 25, lone, asked.seed, True, group=True))
    if asked.wants("costs"):
        # The old product is asked for no results here: they are rounded apart from people.
        about = tuple(each for each in CATEGORIES if design is not None or each not in OF_RESULTS)
        towns = sample_towns()
        found.costs = costs(protect, towns, 2 if asked.quick or design is None else 25, about)
    return found


def _volunteers(asked: Asked, tested: list[Sample], exact: Mixture) -> list[Recovery]:
    """The exact attacker on all places; models, trained on half of the gemeenten, on the others."""
    found = [attack_exactly(exact, sample) for sample in tested]
    return found + _by_models(asked, tested, exact, LEARNT, (VOLUNTEERS,))


def _flows(asked: Asked, protect: Protect, scheme: Scheme, once: bool) -> list[Recovery]:
    """Models that also know what the exact attacker says, on places with more people."""
    wanted = [each for each in TARGETS if each.name in (asked.targets or (each.name,))]
    kinds = asked.kinds or (LEARNT_OF_FLOWS if asked.quick else OF_FLOWS)
    if not wanted:
        return []
    found = []
    for form in sorted({each.form for each in wanted}):
        own = [
            only_counted(name, asked.seed, _TOWNS_COUNTED, once, form=form)
            if scheme.shared
            else _sample(asked, protect, name, asked.seed, once, form=form)
            for name in LEARNT_OF_FLOWS
        ]
        tested = [_sample(asked, protect, each, asked.seed + 1, once, form=form) for each in kinds]
        tested = [without(sample, asked.without) for sample in tested]
        targets = [each for each in wanted if each.form == form]
        found += _by_models(asked, tested, Mixture(scheme, own), LEARNT_OF_FLOWS, targets)
    return found


def _by_models(
    asked: Asked,
    tested: list[Sample],
    exact: Mixture,
    learnt: Sequence[str],
    targets: Sequence[Target],
) -> list[Recovery]:
    split = [halves(sample) for sample in tested]
    train = [half for half, _ in split if half.variant in learnt]
    rest = [half for _, half in split]
    return attack_everything(train, rest, exact, asked.quick, targets) if train else []


def attack_exactly(exact: Mixture, sample: Sample) -> Recovery:
    """Attack volunteers by enumeration alone, which has nothing to learn from these releases."""
    met = choose([sample], VOLUNTEERS, equal=True)
    chances = exact.find(met.places).volunteers
    name = f"{VOLUNTEERS.name} (by enumeration)"
    return recovery(name, sample.variant, met.truth, chances, one_cell(met.places), "exact")


def _of_old(asked: Asked, protect: Protect | OldProtection, found: Measured) -> None:
    """Attack the old product, by attackers that imitate it to train."""
    release = _releases(protect)
    if asked.wants("everything"):
        own = own_releases(asked.seed, 280 if asked.quick else _IMITATED)
        trained = Trained(own, DRAWN_AGAIN, VOLUNTEERS.truth, exact=Mixture(DRAWN_AGAIN, own[:3]))
        for name in asked.tested_old:
            sample = _sample(asked, protect, name, asked.seed + 1, once=True)
            found.recoveries += attack_trained(trained, sample)
    if asked.wants("insiders"):
        found.planted = plant_in_imitation(400 if asked.quick else 2400, asked.seed)
        found.planted += plant(
            release, 2 if asked.quick else 18, asked.seed, True, None, (SETTLED,)
        )
        found.oracle = ask(release, 12 if asked.quick else 80, asked.seed, True)


def attack_trained(trained: Trained, sample: Sample) -> list[Recovery]:
    """Attack volunteers by what was trained on imitated releases: exact, and with models."""
    met = choose([sample], VOLUNTEERS, equal=True)
    there = usual(sample)
    weighed = trained.chances(met.places, [there[place.town] for place in met.places])
    exact = trained.exact.find(met.places).volunteers
    least = one_cell(met.places)
    return [
        recovery(VOLUNTEERS.name, sample.variant, met.truth, chances, least, name)
        for name, chances in (("exact", exact), ("models and exact", weighed))
    ]


def _scheme(design: Design | None) -> Scheme:
    if design is None:
        return DRAWN_AGAIN
    if design.draw == "number":
        return DRAWN_EACH_TIME
    return replace(
        SHARED, apart=design.apart, yearly=design.draw == "year", all_sets=design.one_for_all_sets
    )


def _sample(
    asked: Asked, protect: Protect, variant: str, seed: int, once: bool, form: Form = ""
) -> Sample:
    per_town = {
        "": _PLACES_PER_TOWN,
        "larger": _OF_FLOWS_PER_TOWN,
        "twenties": _OF_TWENTIES_PER_TOWN,
        "few": _OF_FEW_PER_TOWN,
    }[form][variant]
    towns = max(12, round(asked.places / per_town))
    return collect(protect, variant, seed, towns, once, asked.cache, form)


def _once(protect: Protect | OldProtection) -> Protect:
    return lambda town, key: protect(town, key)


def _releases(protect: Protect | OldProtection) -> Callable[..., list]:  # type: ignore[type-arg]
    if isinstance(protect, OldProtection):
        return protect
    return lambda town, key, remember: protect(town, key)


@dataclass(frozen=True)
class Verdict:
    """One line of the table: what was attacked, what was found, the bar, and whether it holds."""

    attack: str
    found: str
    bar: str
    holds: bool | None


def verdicts(found: Measured) -> list[Verdict]:
    """Hold the upper ends of the 95 % intervals against the bars."""
    lines = [verdict for each in found.recoveries for verdict in _of_recovery(each)]
    lines += _of_flows(found)
    for planted in found.planted:
        lines.append(
            Verdict(
                f"six insider releases, {planted.variant}, {planted.pinned.trials} targets",
                f"one value left {planted.pinned}, right in {planted.right}",
                "pinned at most 3 %",
                planted.pinned.interval[1] <= PINNED,
            )
        )
    if len(found.planted) > 1:
        pinned = Share(
            sum(each.pinned.hits for each in found.planted),
            sum(each.pinned.trials for each in found.planted),
        )
        lines.append(
            Verdict(
                f"six insider releases, all of these together, {pinned.trials} targets",
                f"one value left {pinned}",
                "pinned at most 3 %",
                pinned.interval[1] <= PINNED,
            )
        )
    if found.oracle:
        oracle = found.oracle
        lines += [
            Verdict(
                "records about somebody else's volunteer: level",
                f"{oracle.level.hits:.0f} of {oracle.level.trials} conclusive, "
                f"{oracle.tried} tried",
                "0 conclusive",
                oracle.level.trials == 0,
            ),
            Verdict(
                "the same: member elsewhere",
                f"{oracle.member.hits:.0f} of {oracle.member.trials}",
                "half (chance)",
                None,
            ),
            Verdict(
                "the same: any number that is not the insider's moved",
                f"{oracle.moved.hits:.0f} of {oracle.moved.trials}",
                "0",
                oracle.moved.hits == 0,
            ),
        ]
    for level in found.levels:
        bar, holds = _of_level(level)
        lines.append(
            Verdict(
                f"level of a person, {level.classes} classes, published whole {level.whole}",
                f"{level.gain} (unrounded {level.unrounded}), {level.gain.trials} people",
                bar,
                holds,
            )
        )
    return lines


def _of_level(level: LevelGain) -> tuple[str, bool | None]:
    """Hold a gain against its bar; between the smallest wholes and 80 none is set.

    At 80 also by the unrounded table: what is published follows from it and from thresholds that
    have nothing to do with people, so it cannot tell more. Estimates are compared, since both gains
    are measured on the same people.
    """
    whole = level.whole.split(",", maxsplit=1)[0]
    if whole in BETWEEN:
        return "none", None
    if whole == "80":
        bar = f"at most {AT_EIGHTY:.1f} points, or no more than the unrounded table gives"
        return bar, level.gain.high <= AT_EIGHTY or level.gain.points <= level.unrounded.points
    return f"at most {AT_SMALLEST:.1f} points", level.gain.high <= AT_SMALLEST


def _of_flows(found: Measured) -> list[Verdict]:
    """Each flow or category over all registers, and all of them, besides each register's own."""
    of_kinds: dict[str, list[Gain]] = defaultdict(list)
    for each in found.recoveries:
        if not each.measure.startswith(VOLUNTEERS.name):
            of_kinds[each.measure].append(each.over)
    every = [gain for gains in of_kinds.values() for gain in gains]
    pooled = {name: together(gains) for name, gains in of_kinds.items()}
    if every:
        pooled["flows and categories, all of these"] = together(every)
    return [
        Verdict(
            f"{name}, all registers, {over.trials} places",
            f"{over} over the baseline",
            "at most 5 points over the baseline",
            over.high <= OVER_CELL,
        )
        for name, over in pooled.items()
    ]


def _of_recovery(each: Recovery) -> list[Verdict]:
    what = f"{each.measure}, {each.variant}, {each.exact.trials} places"
    text = (
        f"exact {each.exact}, within one {100 * each.within_one.value:.0f} %, "
        f"pinned {each.pinned}; baseline {100 * each.baseline.value:.1f} %, "
        f"{each.over}; {each.model}"
    )
    if each.measure.startswith(VOLUNTEERS.name) and "statement" not in each.measure:
        high = each.exact.interval[1]
        holds = high <= EXACT and 100 * high <= 100 * each.baseline.value + OVER_CELL
        return [Verdict(what, text, "at most one cell + 5 points, and 35 %", holds)]
    bar = "at most 5 points over the baseline"
    return [Verdict(what, text, bar, each.over.high <= OVER_CELL)]


def to_markdown(found: Measured) -> str:
    """Write the tables in Markdown."""
    lines = ["| attack | found | bar (upper end of the 95 % interval) | |", "|---|---|---|---|"]
    signs = {True: "holds", False: "FAILS", None: ""}
    for each in verdicts(found):
        lines.append(f"| {each.attack} | {each.found} | {each.bar} | {signs[each.holds]} |")
    if found.costs:
        lines += [
            "",
            "| measure | cells not shown | of wijken of 20 or more | people | wijken | error wijk "
            "| error gemeente | classes of a wijk off by |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for cost in found.costs:
            shares = (
                *(cost.cells, cost.cells_large, cost.people, cost.wijken),
                *(cost.error_wijk, cost.error_gemeente),
            )
            cells = " | ".join(f"{100 * share:.1f} %" for share in shares)
            off = ", ".join(f"{name} {value:.1f}" for name, value in cost.of_classes.items())
            lines.append(f"| {cost.measure} | {cells} | {off} |")
    return "\n".join(lines)
