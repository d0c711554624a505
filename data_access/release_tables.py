"""Tables of a release: protected, numbered, dated and never changed.

These are the only tables that the dashboard reads. '' in `organisation_id`, `category` or `item`
means "all together".
"""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    event,
)

STATUSES = ("published", "no_data", "not_shown")
REASONS = ("", "not_delivered", "not_yet", "small_base", "maximum_unknown")

metadata = MetaData()


def _release() -> Column[int]:
    return Column("release", ForeignKey("pub_release.number"), primary_key=True)


pub_release = Table(
    "pub_release",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("closed_until", String(7), nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("reason_nl", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("widened", Integer, nullable=False),
    Column("notes", Text, nullable=False),
)

pub_area = Table(
    "pub_area",
    metadata,
    _release(),
    Column("area_code", String(8), primary_key=True),
    Column("level", String(10), nullable=False),
    Column("gemeente_code", String(6), nullable=False),
    Column("edition", SmallInteger),
    Column("name", String(120), nullable=False),
    Column("residents", Integer),
    Column("households", Integer),
    Column("bijstand", Integer),
    Column("figures_on", Date),
    Column("figures_source", Text, nullable=False),
    Column("longitude", Numeric(9, 6)),
    Column("latitude", Numeric(9, 6)),
    Column("schematic", Boolean, nullable=False),
    Column("geometry", Text),
    Column("geometry_source", Text, nullable=False),
)

pub_organisation = Table(
    "pub_organisation",
    metadata,
    _release(),
    Column("organisation_id", String(60), primary_key=True),
    Column("gemeente_code", String(6), nullable=False),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("founded_year", SmallInteger),
    Column("description", Text, nullable=False),
    Column("invented", Boolean, nullable=False),
    Column("wijk_codes", Text, nullable=False),
)

pub_statement = Table(
    "pub_statement",
    metadata,
    _release(),
    Column("id", String(60), primary_key=True),
    Column("organisation_id", String(60), nullable=False),
    Column("stated_on", Date),
    Column("value", Integer),
    Column("text_nl", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("source", Text, nullable=False),
)

pub_period = Table(
    "pub_period",
    metadata,
    _release(),
    Column("gemeente_code", String(6), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("closed_on", Date, nullable=False),
)

pub_cell = Table(
    "pub_cell",
    metadata,
    _release(),
    Column("gemeente_code", String(6), primary_key=True),
    Column("measure", String(60), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("area_code", String(8), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("item", String(130), primary_key=True),
    Column("category", String(40), primary_key=True),
    Column("value", Integer),
    Column("status", String(12), nullable=False),
    Column("reason", String(20), nullable=False),
    CheckConstraint("(status = 'published') = (value IS NOT NULL)", name="pub_cell_status"),
    Index("ix_pub_cell_series", "release", "area_code", "organisation_id", "measure"),
)

pub_amount = Table(
    "pub_amount",
    metadata,
    _release(),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("gemeente_code", String(6), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("area_code", String(8), nullable=False),
    Column("organisation_id", String(60), nullable=False),
    Column("taakveld", String(8), nullable=False),
    Column("financier_id", String(60), nullable=False),
    Column("nature", String(12), nullable=False),
    Column("money_ends_on", Date),
    Column("outcome", String(30), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Index("ix_pub_amount_place", "release", "gemeente_code", "year", "area_code"),
)

pub_gap = Table(
    "pub_gap",
    metadata,
    _release(),
    Column("organisation_id", String(60), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("gemeente_code", String(6), nullable=False),
    Column("delivered_on", Date),
)

pub_financier = Table(
    "pub_financier",
    metadata,
    _release(),
    Column("financier_id", String(60), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
)

pub_taakveld = Table(
    "pub_taakveld",
    metadata,
    _release(),
    Column("code", String(8), primary_key=True),
    Column("name", String(200), nullable=False),
)

pub_contract = Table(
    "pub_contract",
    metadata,
    _release(),
    Column("contract_id", String(60), primary_key=True),
    Column("gemeente_code", String(6), nullable=False),
    Column("name", String(160), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
)

pub_contract_financier = Table(
    "pub_contract_financier",
    metadata,
    _release(),
    Column("contract_id", String(60), primary_key=True),
    Column("financier_id", String(60), primary_key=True),
    Column("share", Numeric(6, 5), nullable=False),
    Column("ceiling_cents", BigInteger, nullable=False),
)

pub_contract_outcome = Table(
    "pub_contract_outcome",
    metadata,
    _release(),
    Column("contract_id", String(60), primary_key=True),
    Column("outcome_id", String(60), primary_key=True),
    Column("tariff_cents", BigInteger, nullable=False),
    Column("agreed", Integer, nullable=False),
    Column("name_nl", String(160), nullable=False),
    Column("name_en", String(160), nullable=False),
    Column("definition_nl", Text, nullable=False),
    Column("definition_en", Text, nullable=False),
    Column("unit_nl", String(80), nullable=False),
    Column("unit_en", String(80), nullable=False),
    Column("determined_by_nl", String(160), nullable=False),
    Column("determined_by_en", String(160), nullable=False),
    Column("validation_nl", Text, nullable=False),
    Column("validation_en", Text, nullable=False),
)

pub_target = Table(
    "pub_target",
    metadata,
    _release(),
    Column("indicator", String(60), primary_key=True),
    Column("area_code", String(8), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("value", Numeric(14, 4), nullable=False),
)

_SQLITE_GUARD = (
    "CREATE TRIGGER IF NOT EXISTS %(fullname)s_frozen_{action} BEFORE {action} ON %(fullname)s "
    "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION release_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a release is never changed'; END $$"
)
_POSTGRES_GUARD = (
    "CREATE TRIGGER %(fullname)s_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON %(fullname)s "
    "FOR EACH STATEMENT EXECUTE FUNCTION release_is_frozen()"
)


def _sqlite_replace_guard(table: Table) -> str:
    """Return the trigger for INSERT OR REPLACE, which no UPDATE or DELETE trigger sees."""
    same = " AND ".join(f"{key.name} = NEW.{key.name}" for key in table.primary_key)
    return (
        "CREATE TRIGGER IF NOT EXISTS %(fullname)s_frozen_REPLACE BEFORE INSERT ON %(fullname)s "
        f"WHEN EXISTS (SELECT 1 FROM %(fullname)s WHERE {same}) "
        "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
    )


def _freeze(table: Table) -> None:
    on_sqlite = [_SQLITE_GUARD.format(action=action) for action in ("UPDATE", "DELETE")]
    for statement in (*on_sqlite, _sqlite_replace_guard(table)):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    event.listen(table, "after_create", DDL(_POSTGRES_GUARD).execute_if(dialect="postgresql"))


event.listen(metadata, "before_create", DDL(_POSTGRES_FUNCTION).execute_if(dialect="postgresql"))
for _table in metadata.tables.values():
    _freeze(_table)
