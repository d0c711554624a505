"""A PostgreSQL server of the tests' own, to stop, to freeze and to start again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL

from tests.benchmark.servers import free_port

# A second address of this machine, so that nothing else in a page can look like it.
HOST = "127.0.0.77"
OWNER, OWNERS_WORD = "faultsowner", "verysecretword"
_SERVICE_USER = "postgres"
_ACCESS = f"""
local all {_SERVICE_USER} trust
host all {_SERVICE_USER} 127.0.0.1/32 trust
host all all 127.0.0.0/8 scram-sha-256
"""


@dataclass
class Cluster:
    """A server with one role, OWNER, that may make databases."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> URL:
        """Return the address of OWNER on its first database."""
        return URL.create(
            "postgresql+psycopg", OWNER, OWNERS_WORD, HOST, self.port, database="faultsregister"
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = (
            f"-c listen_addresses=127.0.0.1,{HOST} -c port={self.port} "
            f"-c unix_socket_directories={self.folder} -c fsync=off -c full_page_writes=off"
        )
        log = str(self.folder / "server.log")
        self._control("-w", "-l", log, "-o", settings, "start")

    def stop(self) -> None:
        """Stop the server as a power cut does."""
        self._control("-m", "immediate", "-w", "stop")

    @property
    def is_running(self) -> bool:
        """Tell whether there is a server process."""
        return (self.folder / "data" / "postmaster.pid").exists()

    def processes(self) -> list[int]:
        """Return the numbers of the server and of all its processes."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop every process of the server, connections open, and let them go on at the end."""
        held: set[int] = set()
        try:
            for _ in range(2):  # the server may have made one more meanwhile
                for number in self.processes():
                    # One that ends at this moment is not there to be stopped, nor to go on.
                    with suppress(ProcessLookupError):
                        os.kill(number, signal.SIGSTOP)
                        held.add(number)
            yield
        finally:
            for number in held:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGCONT)

    def ask(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the server's own administrator and return its rows."""
        where = {"host": "127.0.0.1", "port": self.port, "user": _SERVICE_USER}
        with psycopg.connect(**where, dbname=database, autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def _control(self, *arguments: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), *arguments]
        _run_as_service(command)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Give a new server; skip the test where the programs or the rights for it are missing."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir="/tmp"))
    cluster = Cluster(programs, folder, free_port())
    try:
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(folder, _SERVICE_USER)
        make = [str(programs / "initdb"), "-D", str(folder / "data"), "-A", "trust", "--no-sync"]
        _run_as_service([*make, "-U", _SERVICE_USER, "-E", "UTF8", "--locale=C.UTF-8"])
        (folder / "data" / "pg_hba.conf").write_text(_ACCESS)
        cluster.start()
        cluster.ask(f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{OWNERS_WORD}'")
        cluster.ask(f"CREATE DATABASE {cluster.url.database} OWNER {OWNER}")
        yield cluster
    finally:
        if cluster.is_running:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def new_name() -> str:
    """Return a name for a database."""
    return f"faults_{uuid.uuid4().hex}"


def _programs() -> Path:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name)
    )
    on_path = shutil.which("initdb")
    found = [*([Path(on_path).resolve().parent] if on_path else []), *versions]
    if not found or not (found[-1] / "initdb").exists():
        pytest.skip("PostgreSQL: no server programs (initdb) on this machine")
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("PostgreSQL: initdb refuses root and there is no setpriv")
        try:
            pwd.getpwnam(_SERVICE_USER)
        except KeyError:
            pytest.skip(f"PostgreSQL: initdb refuses root and there is no user {_SERVICE_USER}")
    return found[-1]


def _run_as_service(command: list[str]) -> None:
    if os.geteuid() == 0:
        user = [f"--reuid={_SERVICE_USER}", f"--regid={_SERVICE_USER}", "--init-groups"]
        command = ["setpriv", *user, *command]
    # The server keeps its starter's output open, so that goes to a file and not into a pipe.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
        output.seek(0)
        assert done.returncode == 0, output.read().decode(errors="replace")
