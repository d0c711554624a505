"""Measure what the best attackers recover from a release, and what protection costs.

python -m tests.attack.measure --protection new
python -m tests.attack.measure --protection old --checkout /path/to/a68a2db
python -m tests.attack.measure --protection reference --design "without groups"
"""

import argparse
import time
from pathlib import Path

from tests.attack.measure.old import OldProtection
from tests.attack.measure.reference import DESIGNS, protect_with
from tests.attack.measure.report import Asked, measure_all, to_markdown


def main() -> None:
    """Read the arguments, measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--protection", choices=("old", "new", "reference"), default="new")
    parser.add_argument("--design", choices=tuple(DESIGNS), default="rules")
    parser.add_argument("--places", type=int, help="places under attack per register")
    parser.add_argument("--checkout", type=Path, help="checkout of the old product")
    parser.add_argument("--cache", type=Path, help="folder in which invented releases are kept")
    parser.add_argument("--quick", action="store_true", help="small, for CI")
    parser.add_argument("--only", default="", help="parts, separated by commas")
    parser.add_argument("--seed", type=int, default=1, help="of registers, keys and models")
    parser.add_argument("--kinds", default="", help="registers under attack, separated by commas")
    parser.add_argument("--targets", default="", help="numbers under attack, separated by commas")
    parser.add_argument("--without", default="", help="measures that the attacker does not see")
    given = parser.parse_args()
    asked = Asked(
        places=given.places or (160 if given.quick else 2000),
        quick=given.quick,
        cache=given.cache,
        only=tuple(filter(None, given.only.split(","))),
        seed=given.seed,
        kinds=tuple(filter(None, given.kinds.split(","))),
        targets=tuple(filter(None, given.targets.split(","))),
        without=tuple(filter(None, given.without.split(","))),
    )
    started = time.monotonic()
    if given.protection == "old":
        with OldProtection(given.checkout) as old:
            found = measure_all(asked, old, once=True, design=None)
    elif given.protection == "new":
        from tests.attack.measure.new import protect_new

        found = measure_all(asked, protect_new, once=False, design=DESIGNS["rules"])
    else:
        design = DESIGNS[given.design]
        found = measure_all(asked, protect_with(design), once=False, design=design)
    print(to_markdown(found))
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
