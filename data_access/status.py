"""What is in the database, for whoever keeps it: its version, deliveries, rows, last releases."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, func, select

from data_access import register
from data_access.deliveries.registry import FILES
from data_access.looking import look
from data_access.schema import Schema, Standing, read_schema

_DELIVERIES_SHOWN = 5
_FINGERPRINT_SHOWN = 8


@dataclass(frozen=True)
class Status:
    """The schema, and where it is ours: rows by file, last deliveries and releases, keys in use."""

    schema: Schema
    rows: dict[str, int] = field(default_factory=dict)
    deliveries: tuple[Row[tuple[object, ...]], ...] = ()
    releases: tuple[Row[tuple[object, ...]], ...] = ()
    keys: tuple[Row[tuple[object, ...]], ...] = ()

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
        lines.append("Publicaties:" if nl else "Releases:")
        lines += [_release_line(each, nl) for each in self.releases]
        if not self.releases:
            lines.append("  geen" if nl else "  none")
        if self.keys:
            lines.append("Sleutels:" if nl else "Keys:")
            lines += [_key_line(each, nl) for each in self.keys]
        return "\n".join(lines)


def _release_line(release: Row[tuple[object, ...]], nl: bool) -> str:
    made, until = f"{release.made_at:%Y-%m-%d %H:%M}", release.closed_until
    if nl:
        return f"  {release.gemeente}: nummer {release.number} van {made}, tot en met {until}"
    return f"  {release.gemeente}: number {release.number} of {made}, up to and including {until}"


def _key_line(key: Row[tuple[object, ...]], nl: bool) -> str:
    since, shown = f"{key.since:%Y-%m-%d}", key.fingerprint[:_FINGERPRINT_SHOWN]
    if nl:
        return f"  {key.gemeente}: sleutel {key.epoch} sinds {since}, vingerafdruk {shown}"
    return f"  {key.gemeente}: key {key.epoch} since {since}, fingerprint {shown}"


def read_status(url: str) -> Status:
    """Return what is in the database at a SQLAlchemy URL. Nothing is written there."""
    return look(url, _status) or Status(Schema(Standing.EMPTY))


def _status(connection: Connection) -> Status:
    schema = read_schema(connection)
    if schema.standing is not Standing.NEWEST:
        return Status(schema)
    return Status(
        schema,
        _rows(connection),
        _deliveries(connection),
        _releases(connection),
        _keys(connection),
    )


def _rows(connection: Connection) -> dict[str, int]:
    return {
        file.name: connection.scalar(select(func.count()).select_from(file.table)) or 0
        for file in FILES
        if not file.updates_only
    }


def _deliveries(connection: Connection) -> tuple[Row[tuple[object, ...]], ...]:
    newest = select(register.delivery).order_by(register.delivery.c.id.desc())
    return tuple(connection.execute(newest.limit(_DELIVERIES_SHOWN)))


def _releases(connection: Connection) -> tuple[Row[tuple[object, ...]], ...]:
    """Return the newest release of each gemeente, by name."""
    f, g = register.release_file.c, register.gemeente.c
    newest = (
        select(f.gemeente_code, func.max(f.number).label("number"))
        .group_by(f.gemeente_code)
        .subquery()
    )
    of_gemeente = (f.gemeente_code == newest.c.gemeente_code) & (f.number == newest.c.number)
    question = (
        select(g.name.label("gemeente"), f.number, f.made_at, f.closed_until)
        .select_from(register.release_file.join(newest, of_gemeente))
        .join(register.gemeente, g.code == f.gemeente_code)
        .order_by(g.name)
    )
    return tuple(connection.execute(question))


def _keys(connection: Connection) -> tuple[Row[tuple[object, ...]], ...]:
    """Return the newest epoch of the key of each gemeente, by name."""
    k, g = register.disclosure_key.c, register.gemeente.c
    newest = (
        select(k.gemeente_code, func.max(k.epoch).label("epoch"))
        .group_by(k.gemeente_code)
        .subquery()
    )
    in_use = (k.gemeente_code == newest.c.gemeente_code) & (k.epoch == newest.c.epoch)
    question = (
        select(g.name.label("gemeente"), k.epoch, k.since, k.fingerprint)
        .select_from(register.disclosure_key.join(newest, in_use))
        .join(register.gemeente, g.code == k.gemeente_code)
        .order_by(g.name)
    )
    return tuple(connection.execute(question))
