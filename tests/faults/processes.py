"""Processes that run our commands, to be really stopped (SIGSTOP) and killed (SIGKILL).

They are forked from one server process that has imported everything once, so that what is timed
and hit is the work and not Python's start.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from data_access import settings

SECONDS = 60
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    [
        "data_access.commands",
        "data_access.publish",
        "data_access.fetching",
        "sqlalchemy.dialects.postgresql.psycopg",
        "sqlalchemy.dialects.sqlite",
        "alembic.ddl.impl",
        "streamlit",
        "altair",
        "uvicorn",
        "tests.faults.processes",
    ]
)


_all_started: list["Started"] = []


@dataclass
class Started:
    """A process at work; `output` is what it wrote."""

    process: ForkServerProcess
    file: Path
    began: float

    @property
    def output(self) -> str:
        """Return what it wrote until now."""
        return self.file.read_text(encoding="utf-8", errors="replace")

    @property
    def number(self) -> int:
        """Return the number of the process."""
        assert self.process.pid is not None
        return self.process.pid

    def ended(self, seconds: float = SECONDS) -> int:
        """Wait until it has ended and return its exit code."""
        self.process.join(seconds)
        assert self.process.exitcode is not None, f"still at work: {self.output}"
        return self.process.exitcode

    def is_stopped(self) -> bool:
        """Tell whether it is stopped by a signal."""
        with suppress(FileNotFoundError):
            about = Path(f"/proc/{self.number}/stat").read_text()
            return about.rsplit(")", 1)[1].split()[0] == "T"
        return False

    def wait_until_stopped(self) -> None:
        """Wait until it has stopped itself."""
        wait_until(lambda: self.is_stopped() or self.process.exitcode is not None)
        assert self.is_stopped(), f"it ended instead: {self.output}"

    def go_on(self) -> None:
        """Continue it."""
        os.kill(self.number, signal.SIGCONT)

    def kill(self) -> None:
        """End it as the kernel does."""
        self.process.kill()
        self.process.join(SECONDS)


def start(
    folder: Path,
    target: Callable[..., int],
    *arguments: Any,
    environment: Mapping[str, str] | None = None,
    before: Callable[..., None] | None = None,
    before_with: tuple[Any, ...] = (),
) -> Started:
    """Run `target(*arguments)` in a process; what it returns is the exit code.

    `before(*before_with)` is called first in that process, to break something.
    """
    file = folder / f"output-{time.monotonic_ns()}.txt"
    file.touch()
    given = (target, arguments, dict(environment or {}), before, before_with, str(file))
    process = _context.Process(target=_work, args=given, daemon=True)
    # A page that was run in this process left itself as its main module; it is no part of the work.
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        began = time.monotonic()
        process.start()
    finally:
        sys.modules["__main__"] = main
    started = Started(process, file, began)
    _all_started.append(started)
    return started


def kill_all() -> None:
    """End every process that a test left: one that is stopped would never end by itself."""
    while _all_started:
        _all_started.pop().kill()


def command(folder: Path, url: str, *arguments: str, **more: Any) -> Started:
    """Start `python -m data_access ARGUMENTS` on a database."""
    environment = {"DATABASE_URL": url, **more.pop("environment", {})}
    return start(folder, run_command, arguments, environment=environment, **more)


def run_command(arguments: tuple[str, ...]) -> int:
    """Do as `python -m data_access` does."""
    from data_access.commands import run

    return run(arguments)


def stop_in(module: str, function: str) -> None:
    """Let this process stop itself when `module.function` is called for the first time."""
    owner = sys.modules[module]
    real = getattr(owner, function)

    def stopping(*given: Any, **named: Any) -> Any:
        setattr(owner, function, real)
        os.kill(os.getpid(), signal.SIGSTOP)
        return real(*given, **named)

    setattr(owner, function, stopping)


def stop_in_batch(after: int) -> None:
    """Let this process stop itself in a batch of statements, when `after` of them were sent."""
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    real = PGDialect_psycopg.do_executemany

    def sent_in_part(self: Any, cursor: Any, statement: str, rows: Any, context: Any) -> Any:
        def stopping() -> Any:
            for place, row in enumerate(rows):
                if place == after:
                    os.kill(os.getpid(), signal.SIGSTOP)
                yield row

        return real(self, cursor, statement, stopping(), context)

    PGDialect_psycopg.do_executemany = sent_in_part


def both(*calls: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
    """Break several things."""
    for each, given in calls:
        each(*given)


def set_constant(module: str, name: str, value: Any) -> None:
    """Give a module's constant another value in this process."""
    __import__(module)
    setattr(sys.modules[module], name, value)


def wait_until(condition: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """Wait until a condition is true and return what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def _work(
    target: Callable[..., int],
    arguments: tuple[Any, ...],
    environment: dict[str, str],
    before: Callable[..., None] | None,
    before_with: tuple[Any, ...],
    output: str,
) -> None:
    to = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(to, 1)
    os.dup2(to, 2)
    os.chdir(settings.ROOT)
    os.environ.update(environment)
    if before is not None:
        before(*before_with)
    sys.exit(target(*arguments))
