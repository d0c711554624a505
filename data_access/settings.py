"""Settings from the environment; the README lists them all."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED_DATABASE = ROOT / "data" / "wijkbedrijven.sqlite"
# Releases of a shared database, fetched into a folder for each database.
FETCHED_RELEASES = ROOT / "data" / "releases"
SHIPPED_RELEASES = ROOT / "sample_data" / "releases"
_DISCLOSURE_KEY = "DISCLOSURE_KEY"


def database_url() -> str:
    """Return the SQLAlchemy URL of the database: DATABASE_URL, or the embedded SQLite file."""
    given = os.environ.get("DATABASE_URL", "").strip()
    if not given:
        return f"sqlite:///{EMBEDDED_DATABASE}"
    for prefix in ("postgresql://", "postgres://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def database_is_given() -> bool:
    """Tell whether somebody chose a database with DATABASE_URL."""
    return bool(os.environ.get("DATABASE_URL", "").strip())


def releases() -> Path | None:
    """Return RELEASES: a folder of release files, or one such file; None when it is not set."""
    given = os.environ.get("RELEASES", "").strip()
    return Path(given) if given else None


def own_disclosure_setting(gemeente_code: str) -> str:
    """Return the name of the setting that holds the key of this gemeente and of no other."""
    return f"{_DISCLOSURE_KEY}_{gemeente_code}"


def disclosure_setting(gemeente_code: str) -> str:
    """Return the name of the setting that :func:`disclosure_key` reads for a gemeente."""
    own = own_disclosure_setting(gemeente_code)
    return own if os.environ.get(own, "").strip() else _DISCLOSURE_KEY


def disclosure_key(gemeente_code: str) -> str:
    """Return the key of a gemeente, as written: DISCLOSURE_KEY_<code>, or else DISCLOSURE_KEY.

    Empty when neither is set.
    """
    return os.environ.get(disclosure_setting(gemeente_code), "").strip()


def pseudonym_key() -> str:
    """Return the secret with which delivered pseudonyms are kept (PSEUDONYM_KEY), as written."""
    return os.environ.get("PSEUDONYM_KEY", "").strip()


def pseudonym_key_file() -> Path:
    """Return where that secret is kept when PSEUDONYM_KEY is not set."""
    return EMBEDDED_DATABASE.parent / "pseudonym.key"


def allowance_maximum_cents(year: int) -> int | None:
    """Return ALLOWANCE_MAXIMUM_<year> (whole euros) in cents, or None when it is not set."""
    given = os.environ.get(f"ALLOWANCE_MAXIMUM_{year}", "").strip()
    return int(given) * 100 if given.isdigit() else None
