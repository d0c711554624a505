"""Start the servers that the benchmark visits, and stop them again."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EMPTY = Path(__file__).parent / "empty"
STARTER = Path(__file__).parent / "measured_server.py"
SECONDS_TO_START = 60


def empty_app(folder: Path) -> Path:
    """Put an empty app with the product's own settings in a folder, and return where it is."""
    app = folder / "empty"
    shutil.copytree(EMPTY, app)
    shutil.copytree(ROOT / ".streamlit", app / ".streamlit")
    # Its fonts are served from there.
    (app / "static").symlink_to(ROOT / "static")
    return app


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(start: str, folder: Path, log: Path) -> Iterator[str]:
    """Run the app in `folder` and give its address.

    `start` is "run" (streamlit run) or "production" (the documented production start); every
    script run adds a line to `log` (see tests.benchmark.measured_server).
    """
    port = free_port()
    command = [sys.executable, str(STARTER), start, str(port), str(log)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises RuntimeError when it stops, or never does."""
    for _ in range(SECONDS_TO_START * 5):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with exit code {process.returncode}")
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no server at {address} after {SECONDS_TO_START} seconds")
