"""One command for a machine with nothing but Python: set up, then run the app or its tests.

    python3 deploy/start.py [arguments for uvicorn, such as --port 8600]
    python3 deploy/start.py FILE [arguments for uvicorn]     shows one release file and nothing else
    python3 deploy/start.py test [arguments for pytest]

The packages go into .venv, for the Python that runs this. The environment variable VENV_FOLDER
names another folder (relative to the root of the product, or absolute), so that several Pythons
can each have their own.

Standard library only: this runs before anything is installed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / (os.environ.get("VENV_FOLDER", "").strip() or ".venv")
OLDEST_PYTHON = (3, 11)
PORT = "8501"
# Says in one sentence what is wrong with a file that is no release.
IS_A_RELEASE = """
import sys
from pathlib import Path
from data_access.errors import DataAccessError
from data_access.release_file import checked_header
try:
    checked_header(Path(sys.argv[1]))
except DataAccessError as error:
    sys.exit(error.message("nl"))
"""


class SetUpFailed(Exception):
    """One sentence for the person at the keyboard."""


def environment_python():
    """Return the interpreter of the virtual environment."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def run(command, sentence):
    """Run a command of the set-up in the root folder; SetUpFailed with `sentence` if it fails."""
    try:
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpFailed(sentence) from error


def succeeds(command):
    """Tell whether a command ends well; what it prints is not shown."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def make_environment():
    """Create the virtual environment, also where Debian left `ensurepip` out of Python."""
    python = environment_python()
    if succeeds([python, "-c", "pass"]):
        return
    print(f"De virtuele omgeving {ENVIRONMENT.name} wordt gemaakt ...", flush=True)
    if succeeds([sys.executable, "-m", "venv", "--clear", ENVIRONMENT]):
        return
    if succeeds([sys.executable, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT]):
        return
    if succeeds([sys.executable, "-m", "virtualenv", "--clear", ENVIRONMENT]):
        return
    raise SetUpFailed(
        f"De virtuele omgeving {ENVIRONMENT} kan niet worden gemaakt. Installeer python3-venv "
        "(Debian en Ubuntu: apt-get install python3-venv) en probeer het opnieuw."
    )


def pip():
    """Return the command of a pip for the environment: its own, or the one of this Python."""
    own = [environment_python(), "-m", "pip"]
    if succeeds([*own, "--version"]):
        return own
    outside = [sys.executable, "-m", "pip", "--python", environment_python()]
    if succeeds([*outside, "--version"]):
        return outside
    raise SetUpFailed(
        "Er is geen pip. Installeer pip voor deze Python (Debian en Ubuntu: apt-get install "
        "python3-pip) en probeer het opnieuw."
    )


def install(requirements):
    """Install a requirements file, unless exactly this was installed before."""
    asked = [ROOT / "requirements.txt", requirements]
    content = b"".join(path.read_bytes() for path in asked)
    wanted = f"{sys.version}\n{hashlib.sha256(content).hexdigest()}\n"
    stamp = ENVIRONMENT / f"installed-{'-'.join(requirements.relative_to(ROOT).parts)}"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Pakketten worden geïnstalleerd; de eerste keer duurt dat enkele minuten ...", flush=True)
    run(
        [*pip(), "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
        "De pakketten konden niet worden geïnstalleerd: lees de melding van pip hierboven, "
        "controleer de internetverbinding en probeer het opnieuw.",
    )
    stamp.write_text(wanted, encoding="utf-8")


def show_only(file):
    """Let the app show this release file, without database, key or network."""
    path = Path(file).resolve()
    if not path.is_file():
        raise SetUpFailed(f"Het bestand {file} bestaat niet. Geef een publicatie (.sqlite).")
    answer = subprocess.run([str(environment_python()), "-c", IS_A_RELEASE, str(path)], cwd=ROOT)
    if answer.returncode != 0:
        raise SetUpFailed("Er is niets gestart: zie de melding hierboven.")
    os.environ["RELEASES"] = str(path)


def port_of(arguments):
    """Return the port that the server will listen on."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--port="):
            return argument.split("=", 1)[1]
        if argument == "--port" and place + 1 < len(arguments):
            return arguments[place + 1]
    return PORT


def start_app(arguments):
    """Run the app until it is stopped; return its exit code."""
    make_environment()
    install(ROOT / "requirements.txt")
    if arguments and not arguments[0].startswith("-"):
        show_only(arguments[0])
        arguments = arguments[1:]
    address = f"http://localhost:{port_of(arguments)}"
    print(f"Het dashboard staat zo op {address} (stop met Ctrl+C).", flush=True)
    server = ["-m", "uvicorn", "deploy.asgi:app", "--port", port_of(arguments)]
    return hand_over([environment_python(), *server, "--no-access-log", *arguments])


def run_tests(arguments):
    """Run the tests; return pytest's exit code."""
    make_environment()
    install(ROOT / "tests" / "requirements.txt")
    return hand_over([environment_python(), "-m", "pytest", *arguments])


def hand_over(command):
    """Run what all this was for and return its exit code."""
    words = [str(part) for part in command]
    if os.name != "nt":
        # In this process's place, so that signals (Ctrl+C, a service manager) reach it alone.
        os.chdir(ROOT)
        os.execv(words[0], words)
    with subprocess.Popen(words, cwd=ROOT) as process:
        return process.wait()


def main(arguments):
    """Set up and run; return the exit code."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise SetUpFailed(f"Deze Python is versie {found}; nodig is Python 3.11 of nieuwer.")
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    return start_app(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetUpFailed as failure:
        sys.exit(str(failure))
    except KeyboardInterrupt:
        sys.exit("Gestopt.")
    except OSError as failure:
        sys.exit(f"Het klaarzetten lukte niet: {failure.strerror} ({failure.filename}).")
