"""What is in the database, for whoever keeps it: deliveries, rows and the current release."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, func, select

from data_access import register, release_tables
from data_access.database import transaction
from data_access.deliveries.registry import FILES

_DELIVERIES_SHOWN = 5


@dataclass(frozen=True)
class Status:
    """Rows of the register by delivery file, the last deliveries, and the last release."""

    rows: dict[str, int]
    deliveries: tuple[Row[tuple[object, ...]], ...]
    release: Row[tuple[object, ...]] | None

    def describe(self, language: str) -> str:
        """Return the status as lines of text in `language` ("nl" or "en")."""
        nl = language == "nl"
        lines = ["Leveringen:" if nl else "Deliveries:"]
        for each in self.deliveries:
            sample = (" (voorbeeld)" if nl else " (sample)") if each.sample else ""
            lines.append(f"  {each.loaded_at:%Y-%m-%d %H:%M} {each.name}{sample}")
        if not self.deliveries:
            lines.append("  geen" if nl else "  none")
        lines.append("Rijen in het register:" if nl else "Rows in the register:")
        lines += [f"  {name}: {number}" for name, number in self.rows.items()]
        return "\n".join([*lines, self._release_line(nl)])

    def _release_line(self, nl: bool) -> str:
        if self.release is None:
            return "Nog niets gepubliceerd." if nl else "Nothing published yet."
        number, made, until = (
            self.release.number,
            f"{self.release.made_at:%Y-%m-%d %H:%M}",
            self.release.closed_until,
        )
        if nl:
            return f"Publicatie {number} van {made}, kwartalen tot en met {until}."
        return f"Release {number} of {made}, quarters up to and including {until}."


def read_status(engine: Engine) -> Status:
    """Return what is in the database. The database must be ready."""
    with transaction(engine) as connection:
        return Status(_rows(connection), _deliveries(connection), _release(connection))


def _rows(connection: Connection) -> dict[str, int]:
    return {
        file.name: connection.scalar(select(func.count()).select_from(file.table)) or 0
        for file in FILES
        if not file.updates_only
    }


def _deliveries(connection: Connection) -> tuple[Row[tuple[object, ...]], ...]:
    newest = select(register.delivery).order_by(register.delivery.c.id.desc())
    return tuple(connection.execute(newest.limit(_DELIVERIES_SHOWN)))


def _release(connection: Connection) -> Row[tuple[object, ...]] | None:
    release = release_tables.pub_release
    return connection.execute(select(release).order_by(release.c.number.desc()).limit(1)).first()
