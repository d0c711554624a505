"""The schema by revisions: what an upgrade makes, what it leaves alone, and who may run it."""

import ast
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, event, inspect, text
from sqlalchemy.schema import CreateSchema

from data_access import commands, register, schema, settings
from data_access.database import writing_engine
from data_access.errors import DatabaseNotReady, DatabaseUnavailable
from data_access.publish import publish
from data_access.schema import Standing, make_ready, upgrade
from indicators.taakvelden import TAAKVELDEN
from tests.databases import Databases
from tests.old_databases import old_database

MIGRATIONS = settings.ROOT / "data_access" / "migrations"
NEW_MEMORY = ("disclosure_key", "leaf_threshold", "settled", "counted", "standing")
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
}
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def nothing(databases: Databases) -> Iterator[Engine]:
    """An engine on a database without tables."""
    yield from _engine(databases, databases.empty())


@pytest.fixture(params=["empty", "filled"])
def old(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database from before revisions."""
    yield from _engine(databases, old_database(databases, request.param))


@pytest.fixture
def old_filled(databases: Databases) -> Iterator[Engine]:
    """An engine on a database from before revisions, with two releases."""
    yield from _engine(databases, old_database(databases))


def _engine(databases: Databases, url: str) -> Iterator[Engine]:
    engine = writing_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program have revisions of its own, to add to; return their folder."""
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    monkeypatch.setattr(schema, "MIGRATIONS", str(tmp_path / "migrations"))
    return tmp_path / "migrations" / "versions"


def add_revision(folder: Path, *lines: str) -> str:
    """Write a revision on top of the newest; return its number."""
    before = schema.newest_revision()
    number = f"{int(before) + 1:04}"
    body = "\n".join(f"    {line}" for line in lines)
    (folder / f"{number}_later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "{number}"\ndown_revision = "{before}"\n\n\ndef upgrade():\n{body}\n'
    )
    return number


def models_of(engine: Engine) -> MetaData:
    """Return the models as this kind of database holds them: SQLite has no schemas."""
    if engine.dialect.name == "postgresql":
        return register.metadata
    found = MetaData(naming_convention=register.metadata.naming_convention)
    for table in register.metadata.sorted_tables:
        table.to_metadata(found, schema=None)
    return found


def schemas_of(connection: Connection) -> list[str | None]:
    """Return the schemas in which our tables are; None is the usual one."""
    has = register.PUBLISHED in inspect(connection).get_schema_names()
    return [None, register.PUBLISHED] if has else [None]


def tables_of(connection: Connection) -> dict[str, Any]:
    """Return all there is to know of each table and trigger, names of constraints included."""
    inspector = inspect(connection)
    found: dict[str, Any] = {}
    for where in schemas_of(connection):
        about = {
            "key": inspector.get_multi_pk_constraint(schema=where),
            "references": inspector.get_multi_foreign_keys(schema=where),
            "unique": inspector.get_multi_unique_constraints(schema=where),
            "checks": inspector.get_multi_check_constraints(schema=where),
            "indexes": inspector.get_multi_indexes(schema=where),
        }
        for place, columns in inspector.get_multi_columns(schema=where).items():
            if place[1] != "alembic_version":
                found[place[1]] = {what: _texts(each[place]) for what, each in about.items()}
                # A table that was converted may hold its columns in another order.
                found[place[1]]["columns"] = sorted(
                    (c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in columns
                )
    triggers = connection.execute(text(TRIGGERS[connection.dialect.name]))
    return found | {"triggers": sorted(map(tuple, triggers))}


def _texts(found: Any) -> list[str]:
    return sorted(map(str, found if isinstance(found, list) else [found]))


def spelled_alike(tables: dict[str, Any]) -> dict[str, Any]:
    """Leave out casts and brackets of checks: a restored PostgreSQL table spells them otherwise."""
    spelling = re.compile(r"::[a-z]+( varying)?(\[\])?|[()\s]")
    return {
        name: {**found, "checks": [spelling.sub("", check) for check in found["checks"]]}
        if name != "triggers"
        else found
        for name, found in tables.items()
    }


def rows_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table."""
    found = {}
    for where in schemas_of(connection):
        for name in inspect(connection).get_table_names(schema=where):
            place = f'"{where}"."{name}"' if where else f'"{name}"'
            rows = connection.execute(text(f"SELECT * FROM {place}")).mappings()
            found[name] = [dict(row) for row in rows]
    return found


def everything(engine: Engine) -> tuple[dict[str, Any], dict[str, set[str]]]:
    """Return the schema and, as text, the rows of every table."""
    with engine.connect() as connection:
        rows = {name: {str(row) for row in found} for name, found in rows_of(connection).items()}
        return tables_of(connection), rows


def test_a_new_database_is_what_the_models_say(nothing: Engine, databases: Databases) -> None:
    make_ready(nothing)
    with nothing.connect() as connection:
        how = {"include_schemas": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=how)
        assert compare_metadata(context, models_of(nothing)) == []
        migrated = tables_of(connection)
    url = databases.empty()
    model = writing_engine(url)
    with model.begin() as connection:
        if model.dialect.name == "postgresql":
            connection.execute(CreateSchema(register.PUBLISHED))
        register.metadata.create_all(connection)
    with model.connect() as connection:
        modelled = tables_of(connection)
    model.dispose()
    databases.drop(url)
    assert migrated["triggers"]
    assert migrated == modelled


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "schema" or name in (None, "public", register.PUBLISHED)


def test_an_old_database_gets_the_schema_of_a_new_one(old: Engine, nothing: Engine) -> None:
    done = upgrade(old)
    upgrade(nothing)
    assert done.found.standing is Standing.UNNOTED
    with old.connect() as old_one, nothing.connect() as new_one:
        assert spelled_alike(tables_of(old_one)) == spelled_alike(tables_of(new_one))


def test_an_upgrade_keeps_the_register(old_filled: Engine) -> None:
    with old_filled.connect() as connection:
        before = rows_of(connection)
    upgrade(old_filled)
    with old_filled.connect() as connection:
        after = rows_of(connection)
    assert len(before["agreement"]) == 64
    for name in before.keys() & after.keys() - {"participant"}:
        columns = sorted(set(before[name][0]) & set(after[name][0]) - {"participant"})
        kept = sorted(str([row[each] for each in columns]) for row in after[name])
        assert sorted(str([row[each] for each in columns]) for row in before[name]) == kept
    gone = {name for name in before if name.startswith("pub_")} | {"rounding_memory"}
    assert before.keys() - after.keys() == gone
    # The rounding of before cannot be carried over: what takes its place begins empty.
    assert {name: after[name] for name in NEW_MEMORY} == {name: [] for name in NEW_MEMORY}


def test_whoever_upgrades_is_told_that_old_releases_are_no_longer_shown(
    old_filled: Engine, nothing: Engine
) -> None:
    remark = next(each for each in upgrade(old_filled).remarks if "no longer shown" in each.en)
    assert "publiceer opnieuw" in remark.nl
    assert "publish again" in remark.en
    assert not any("no longer shown" in each.en for each in upgrade(nothing).remarks)


def test_a_person_has_a_row_a_day_at_each_organisation(old_filled: Engine) -> None:
    """One a day at all of them together refused a row, and so told who is elsewhere too."""
    upgrade(old_filled)
    tables = everything(old_filled)[0]
    for table, day in (("ladder_reading", "read_on"), ("placement", "started_on")):
        assert str(["participant", "organisation_id", day]) in str(tables[table]["unique"])
        assert str(["participant", day]) not in str(tables[table]["unique"])


def test_the_program_goes_on_with_an_upgraded_database(
    old_filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(old_filled)
    done = publish(old_filled)
    assert {each.number for each in done.releases} == {3}
    assert all(each.new for each in done.releases), "people in no wijk have places of their own"


def test_an_upgrade_completes_the_fixed_lists(old: Engine) -> None:
    with old.begin() as connection:
        connection.execute(text("DELETE FROM taakveld WHERE code = '8.3'"))
        connection.execute(text("DELETE FROM quarter WHERE id > '2040'"))
    upgrade(old)
    with old.connect() as connection:
        codes = connection.scalars(text("SELECT code FROM taakveld ORDER BY code")).all()
        assert connection.scalar(text("SELECT max(id) FROM quarter")) == "2045-Q4"
        assert connection.scalar(text("SELECT count(*) FROM quarter")) == 36 * 4
    assert codes == sorted(each.code for each in TAAKVELDEN)


def test_a_second_upgrade_does_nothing(old: Engine) -> None:
    upgrade(old)
    before = everything(old)
    assert upgrade(old).found.standing is Standing.NEWEST
    make_ready(old)
    assert everything(old) == before


@pytest.mark.parametrize("noted", [True, False])
def test_a_revision_that_fails_leaves_everything_as_it_was(
    old_filled: Engine, later_program: Path, noted: bool
) -> None:
    if noted:
        upgrade(old_filled)
    add_revision(
        later_program,
        'op.create_table("supplier", sa.Column("id", sa.Integer(), primary_key=True))',
        'op.execute("INSERT INTO supplier (id) VALUES (1)")',
        'op.add_column("participant", sa.Column("supplier", sa.Integer()))',
        "op.execute(\"UPDATE organisation SET name = 'x'\")",
        'op.drop_table("settled")',
    )
    add_revision(later_program, 'raise RuntimeError("half way")')
    before = everything(old_filled)
    with pytest.raises(RuntimeError, match="half way"):
        upgrade(old_filled)
    assert everything(old_filled) == before


def test_a_table_that_others_refer_to_can_be_rebuilt(
    old_filled: Engine, later_program: Path
) -> None:
    """On SQLite a column is changed by copying the table: foreign keys and rows must survive."""
    upgrade(old_filled)
    before = everything(old_filled)[1]
    number = add_revision(
        later_program,
        'with op.batch_alter_table("organisation") as batch:',
        '    batch.alter_column("name", type_=sa.String(200), existing_nullable=False)',
    )
    assert upgrade(old_filled).revision == number
    tables, rows = everything(old_filled)
    assert "VARCHAR(200)" in str(tables["organisation"]["columns"])
    assert rows["organisation"] == before["organisation"]
    assert rows["agreement"] == before["agreement"]
    with old_filled.begin() as connection, pytest.raises(Exception, match=r"(?i)foreign key"):
        connection.execute(text("DELETE FROM organisation"))


def test_a_revision_that_leaves_rows_pointing_nowhere_is_undone(
    old_filled: Engine, later_program: Path
) -> None:
    add_revision(later_program, "op.execute(\"DELETE FROM organisation WHERE id = 'wb-drachten'\")")
    before = everything(old_filled)
    with pytest.raises(Exception, match=r"verwijzen naar rijen|foreign key"):
        upgrade(old_filled)
    assert everything(old_filled) == before


@pytest.mark.parametrize("content", ["", "filled"])
def test_of_two_upgrades_at_once_one_waits(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    url = old_database(databases, content) if content else databases.empty()
    first, second = writing_engine(url), writing_engine(url)
    inside, go_on = threading.Event(), threading.Event()
    entered: list[str] = []
    really_upgrade = schema.command.upgrade

    def slowly(config: Any, revision: str) -> None:
        if revision == "head":
            entered.append(revision)
            inside.set()
            assert go_on.wait(30)
        really_upgrade(config, revision)

    monkeypatch.setattr(schema.command, "upgrade", slowly)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(upgrade, first)
        assert inside.wait(30)
        other = threads.submit(upgrade, second)
        with pytest.raises(TimeoutError):
            other.result(timeout=0.3)
        go_on.set()
        assert one.result(30).found.standing is not Standing.NEWEST
        assert other.result(30).found.standing is Standing.NEWEST
    assert entered == ["head"]
    for engine in (first, second):
        engine.dispose()
    databases.drop(url)


def test_an_upgrade_that_waits_too_long_is_refused_with_a_sentence(
    old_filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_SECONDS_TO_WAIT", 1)
    second = writing_engine(old_filled.url.render_as_string(hide_password=False))
    if second.dialect.name == "sqlite":
        event.listen(second, "connect", lambda each, _: each.execute("PRAGMA busy_timeout=50"))
    with schema._alone(old_filled), pytest.raises(DatabaseUnavailable, match="in gebruik"):
        upgrade(second)
    second.dispose()
    assert upgrade(old_filled).found.standing is Standing.UNNOTED


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", "map"],
        ["publish"],
        ["areas", "f.geojson", "--edition", "2024"],
        ["figures", "f.csv", "--edition", "2024"],
        ["grant", "rol"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_each_command_says_that_an_upgrade_is_needed(
    old_filled: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", old_filled.url.render_as_string(hide_password=False))
    before = everything(old_filled)
    assert commands.run(arguments) == 1
    error = capsys.readouterr().err
    assert "Maak een reservekopie" in error
    assert "'python -m data_access upgrade'" in error
    assert commands.run([*arguments, "--language", "en"]) == 1
    assert "Make a backup" in capsys.readouterr().err
    assert everything(old_filled) == before


def test_the_command_says_from_where_to_where(
    old_filled: Engine, later_program: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", old_filled.url.render_as_string(hide_password=False))
    assert commands.run(["upgrade"]) == 0
    assert "van voor de versienummers" in capsys.readouterr().out
    before = schema.newest_revision()
    number = add_revision(later_program, "pass")
    assert commands.run(["publish"]) == 1
    older = capsys.readouterr().err
    assert f"heeft schemaversie {before}, dit programma werkt met versie {number}" in older
    assert "'python -m data_access upgrade'" in older
    assert commands.run(["upgrade", "--language", "en"]) == 0
    assert f"from schema version {before} to {number}" in capsys.readouterr().out
    assert commands.run(["upgrade"]) == 0
    assert f"Er is niets te doen: schemaversie {number}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["publish"], ["upgrade"]])
def test_a_database_of_a_later_program_is_left_alone(
    old_filled: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str]
) -> None:
    upgrade(old_filled)
    with old_filled.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = everything(old_filled)
    monkeypatch.setenv("DATABASE_URL", old_filled.url.render_as_string(hide_password=False))
    assert commands.run(arguments) == 1
    assert "Werk het programma bij." in capsys.readouterr().err
    assert commands.run([*arguments, "--language", "en"]) == 1
    assert "Update the program." in capsys.readouterr().err
    assert everything(old_filled) == before


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("ALTER TABLE placement RENAME COLUMN kind TO sort", "placement"),
        ("ALTER TABLE pub_gap ADD COLUMN extra INTEGER", "pub_gap"),
        ("DROP TABLE rounding_memory", "rounding_memory"),
    ],
)
def test_tables_that_are_not_those_of_the_first_revision_are_refused(
    old_filled: Engine, change: str, table: str
) -> None:
    with old_filled.begin() as connection:
        connection.execute(text(change))
    before = everything(old_filled)
    with pytest.raises(DatabaseNotReady, match=f"De tabel {table} "):
        upgrade(old_filled)
    assert everything(old_filled) == before


def test_tables_of_somebody_else_are_left_alone(nothing: Engine) -> None:
    with nothing.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_else (x INTEGER)"))
    make_ready(nothing)
    assert "somebody_else" in everything(nothing)[0]


def test_a_table_with_a_name_of_ours_is_not_taken_over(nothing: Engine) -> None:
    with nothing.begin() as connection:
        connection.execute(text("CREATE TABLE contract (x INTEGER)"))
    with pytest.raises(DatabaseNotReady, match="Controleer DATABASE_URL"):
        make_ready(nothing)
    assert set(everything(nothing)[1]) == {"contract"}


def test_the_version_costs_one_query(empty_database: Engine) -> None:
    asked: list[str] = []
    event.listen(empty_database, "before_cursor_execute", lambda *given: asked.append(given[2]))
    make_ready(empty_database)
    assert asked == ["SELECT version_num FROM alembic_version"]


@pytest.mark.parametrize("path", sorted((MIGRATIONS / "versions").glob("*.py")), ids=str)
def test_a_revision_is_frozen(path: Path) -> None:
    """What it imports of ours would change under it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    tops = {each.split(".")[0] for each in modules + names}
    assert tops <= {"alembic", "sqlalchemy"} | set(sys.stdlib_module_names)
