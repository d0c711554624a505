"""What is in the database, for whoever keeps it: its version, deliveries, rows, last release."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, func, select

from data_access import register, release_tables
from data_access.deliveries.registry import FILES
from data_access.looking import look
from data_access.schema import Schema, Standing, read_schema

_DELIVERIES_SHOWN = 5


@dataclass(frozen=True)
class Status:
    """The schema, and where it is ours: rows by delivery file, last deliveries, last release."""

    schema: Schema
    rows: dict[str, int] = field(default_factory=dict)
    deliveries: tuple[Row[tuple[object, ...]], ...] = ()
    release: Row[tuple[object, ...]] | None = None

    def describe(self, language: str) -> str:
        """Return the status as lines of text in `language` ("nl" or "en")."""
        nl = language == "nl"
        lines = [self.schema.describe().in_language(language)]
        if self.schema.standing is not Standing.NEWEST:
            return lines[0]
        lines.append("Leveringen:" if nl else "Deliveries:")
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


def read_status(url: str) -> Status:
    """Return what is in the database at a SQLAlchemy URL. Nothing is written there."""
    return look(url, _status) or Status(Schema(Standing.EMPTY))


def _status(connection: Connection) -> Status:
    schema = read_schema(connection)
    if schema.standing is not Standing.NEWEST:
        return Status(schema)
    return Status(schema, _rows(connection), _deliveries(connection), _release(connection))


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
