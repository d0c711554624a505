"""Deliberate faults in what a reader sees: the content tests must notice every one of them.

``python -m tests.mutants [WORD]`` tries those whose name holds WORD; tests/content/test_mutants.py
tries all in the test run. A fault counts as noticed when an assertion about content fails: a crash
or a failed import is none, and a patch that no longer applies fails the run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHANGED = ("dashboard", "indicators", "data_access")
_COPIED = ("tests/__init__.py", "tests/content", "tests/first_year.py", "tests/small_delivery.py")
_LINKED = ("sample_data", "static", "pyproject.toml")
SECONDS = 60


@dataclass(frozen=True)
class Mutant:
    """One fault: `old` becomes `new` in `file`; `tests` is the file that must notice it."""

    name: str
    file: str
    old: str
    new: str
    tests: str


def noticed(mutant: Mutant) -> str:
    """Return "" when the tests notice a fault by an assertion, else what happened."""
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        return f"the patch does not apply: {mutant.old!r} is {source.count(mutant.old)} times there"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in (*_CHANGED, *_COPIED):
            _copy(name, place)
        for name in _LINKED:
            (place / name).symlink_to(ROOT / name)
        changed = source.replace(mutant.old, mutant.new)
        (place / mutant.file).write_text(changed, encoding="utf-8")
        return _outcome(place, mutant)


def _copy(name: str, place: Path) -> None:
    target = place / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if (ROOT / name).is_dir():
        shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(ROOT / name, target)


def _outcome(place: Path, mutant: Mutant) -> str:
    report = place / "report.xml"
    command = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
        f"--junitxml={report}",
        mutant.tests,
    ]
    environment = {**os.environ, "PYTHONPATH": str(place), "MUTANT": "1"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    if not report.exists():
        return f"the tests did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    tree = ElementTree.parse(report)
    errors = [each.get("message", "") for each in tree.iter("error")]
    failures = [each.get("message", "") for each in tree.iter("failure")]
    if any(each.startswith(("AssertionError", "assert ")) for each in failures):
        return ""
    return f"no assertion failed; errors {errors[:1]}, failures {failures[:1]}"


_KAART, _OVERZICHT = "tests/content/test_map.py", "tests/content/test_overview.py"
_WIJK, _VERGELIJKEN = "tests/content/test_wijk.py", "tests/content/test_compare.py"

MUTANTS: tuple[Mutant, ...] = ()


def main() -> int:
    """Try the faults and print what was not noticed."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    missed = 0
    for each in MUTANTS:
        if word in each.name:
            said = noticed(each)
            missed += bool(said)
            print(f"{'MISSED' if said else 'noticed'}  {each.name}  {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
