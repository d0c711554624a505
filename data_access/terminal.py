"""What the commands write on a terminal: progress, faults and sentences."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from data_access.deliveries import Doubt, Fault

FAULTS_SHOWN = 200
_BAR = 30


class ProgressBar:
    """One line that is drawn again as work goes on; silent when nobody looks (no terminal)."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._seen = stream.isatty()
        self._drawn = ""

    def show(self, doing: str, part: float) -> None:
        """Draw what is being done and which part (0 to 1) is finished."""
        full = round(_BAR * min(max(part, 0.0), 1.0))
        line = f"[{'#' * full}{'.' * (_BAR - full)}] {part:4.0%} {doing}"
        if self._seen and line != self._drawn:
            self._stream.write(f"\r{line.ljust(len(self._drawn))}")
            self._stream.flush()
            self._drawn = line

    def clear(self) -> None:
        """Wipe the line, so that what follows starts on a clean one."""
        if self._drawn:
            self._stream.write(f"\r{' ' * len(self._drawn)}\r")
            self._stream.flush()
            self._drawn = ""


def tolerate_every_character() -> None:
    """Let a terminal without UTF-8 show '?' for a character it lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Write text on standard output, whose reader (`| head`) may have gone already."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Without this the interpreter would try once more on its way out, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fault_lines(faults: Sequence[Fault], language: str) -> list[str]:
    """Return a line for each fault, at most FAULTS_SHOWN, and how many more there are."""
    lines = [f"- {fault.sentence(language)}" for fault in faults[:FAULTS_SHOWN]]
    more = len(faults) - FAULTS_SHOWN
    if more > 0:
        lines.append(
            f"... en nog {more}; met --faults BESTAND.csv staan ze er allemaal in."
            if language == "nl"
            else f"... and {more} more; --faults FILE.csv holds them all."
        )
    return lines


def doubt_lines(doubts: Sequence[Doubt], language: str) -> list[str]:
    """Return the questions by kind, each kind explained once; at most FAULTS_SHOWN of them."""
    lines: list[str] = []
    why = None
    for doubt in doubts[:FAULTS_SHOWN]:
        if doubt.kind.why != why:
            why = doubt.kind.why
            number = sum(each.kind == doubt.kind for each in doubts)
            lines.append(f"{number} x  {why.in_language(language)}")
        lines.append(f"- {doubt.sentence(language)}")
    more = len(doubts) - FAULTS_SHOWN
    if more > 0:
        lines.append(
            f"... en nog {more} vragen; met --faults BESTAND.csv staan ze er allemaal in."
            if language == "nl"
            else f"... and {more} more questions; --faults FILE.csv holds them all."
        )
    return lines
