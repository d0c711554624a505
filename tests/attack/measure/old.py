"""The old protection (controlled rounding by integer programming), run in a checkout of it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from tests.attack.measure.published import Cell, Published
from tests.attack.measure.registers import OF_RESULTS, QUARTERS, Town

COMMIT = "a68a2db"
_WORKER = Path(__file__).with_name("old_worker.py")


class OldProtection:
    """A process that protects one gemeente at a time; use it as a context manager.

    Without a checkout, one is made with `git worktree` in a temporary folder and taken away again.
    """

    def __init__(self, checkout: Path | None) -> None:
        self._made = None if checkout else tempfile.mkdtemp(prefix="old-protection-")
        self._checkout = checkout or Path(str(self._made)) / "checkout"

    def __enter__(self) -> "OldProtection":
        if self._made:
            _git("worktree", "add", "--detach", str(self._checkout), COMMIT)
        single = {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(self._checkout)}
        self._process = subprocess.Popen(
            [sys.executable, str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._checkout,
            env={**os.environ, **single},
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
        if self._made:
            _git("worktree", "remove", "--force", str(self._checkout))

    def __call__(self, town: Town, key: bytes, remember: bool = False) -> Published:
        """Protect a town; `remember` says that this is its next release.

        Results are left out: they are rounded apart from all that is about people here, and take
        half of the time.
        """
        counts = {
            measure: [
                [period, *leaf, n]
                for (_, period), cells in tables.items()
                for leaf, n in cells.items()
            ]
            for measure, tables in town.counts(allowances_of_organisations=False).items()
            if measure not in OF_RESULTS
        }
        asked = {
            "code": town.code,
            "wijken": town.wijken,
            "organisations": town.organisations,
            "items": (),
            "quarters": QUARTERS,
            "key": key.hex(),
            "counts": counts,
            "remember": remember,
        }
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the old protection was not started")
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        return [Cell(*cell) for cell in json.loads(stdout.readline())]


def _git(*arguments: str) -> None:
    root = Path(__file__).parents[3]
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
