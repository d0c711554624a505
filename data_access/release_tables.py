"""Tables of a release file: protected figures of one gemeente, numbered, dated, never changed.

These are the only tables that the dashboard reads. `pub_release` has one row. '' in
`organisation_id`, `category` or `item` means "all together".
"""

from functools import cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
)

# Files of another format are not read. Raise it when a reader of today would misread a new file.
FORMAT = 3
# Each organisation's small places together: "KW" and the digits of the gemeente.
TOGETHER = "KW"

# The schema of a second release that is set beside the first, to tell what changed.
BESIDE = "beside"

metadata = MetaData()


pub_release = Table(
    "pub_release",
    metadata,
    Column("gemeente_code", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("format", SmallInteger, nullable=False),
    Column("gemeente", String(100), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("closed_until", String(7), nullable=False),
    Column("periods", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("reason_nl", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("notes", Text, nullable=False),
    # SHA-256 of the whole file with 64 zeros in this place.
    Column("seal", String(64), nullable=False),
)

pub_area = Table(
    "pub_area",
    metadata,
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
    Column("supplier", String(60), primary_key=True),
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
    Column("gemeente_code", String(6), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("closed_on", Date, nullable=False),
)

pub_cell = Table(
    "pub_cell",
    metadata,
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
    # Volunteers (published) of small places that this figure leaves out.
    Column("without", Integer, nullable=False),
    # Organisations of which a delivery is missing in this figure, separated by commas.
    Column("missing", Text, nullable=False),
    # How far rounding may have moved a sum of leaves, with 95 % certainty; 0 for a single leaf.
    Column("error", Integer, nullable=False),
    CheckConstraint(
        "(status IN ('published', 'partial')) = (value IS NOT NULL)", name="pub_cell_status"
    ),
    Index("ix_pub_cell_series", "area_code", "organisation_id", "measure"),
    sqlite_with_rowid=False,
)

# Which small places of an organisation are shown together, per breakdown and period.
pub_together = Table(
    "pub_together",
    metadata,
    Column("breakdown", String(60), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("item", String(130), primary_key=True),
    Column("area_code", String(8), primary_key=True),
    # "group": counted in the group; "left_out": in no figure of the breakdown.
    Column("part", String(10), nullable=False),
    # Whether it shows the coarser classes of its own.
    Column("coarse", Boolean, nullable=False),
)

# Exact money of the whole gemeente, per quarter.
pub_amount = Table(
    "pub_amount",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("gemeente_code", String(6), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("taakveld", String(8), nullable=False),
    Column("financier_id", String(60), nullable=False),
    Column("nature", String(12), nullable=False),
    Column("money_ends_on", Date),
    Column("outcome", String(30), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Index("ix_pub_amount_year", "year"),
)

# Money of places and organisations, per closed year: once by outcome, once by nature and end date
# (`split`); the two are not crossed. `step` is 0 for an exact amount; else `cents` is the amount
# rounded down to a multiple of it, and the row is in no total of an organisation: that has it in
# the exact row of the group (area_code "KW....").
pub_place_amount = Table(
    "pub_place_amount",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("gemeente_code", String(6), nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("area_code", String(8), nullable=False),
    Column("organisation_id", String(60), nullable=False),
    Column("split", String(8), nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("nature", String(12), nullable=False),
    Column("money_ends_on", Date),
    Column("kind", String(16), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("step", Integer, nullable=False),
    Index("ix_pub_place_amount_place", "year", "area_code"),
)

pub_gap = Table(
    "pub_gap",
    metadata,
    Column("organisation_id", String(60), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("quarter", String(7), primary_key=True),
    Column("gemeente_code", String(6), nullable=False),
    Column("delivered_on", Date),
)

pub_financier = Table(
    "pub_financier",
    metadata,
    Column("financier_id", String(60), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
)

pub_taakveld = Table(
    "pub_taakveld",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("name", String(200), nullable=False),
)

pub_contract = Table(
    "pub_contract",
    metadata,
    Column("contract_id", String(60), primary_key=True),
    Column("gemeente_code", String(6), nullable=False),
    Column("name", String(160), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
)

pub_contract_financier = Table(
    "pub_contract_financier",
    metadata,
    Column("contract_id", String(60), primary_key=True),
    Column("financier_id", String(60), primary_key=True),
    Column("share", Numeric(6, 5), nullable=False),
    Column("ceiling_cents", BigInteger, nullable=False),
)

pub_contract_outcome = Table(
    "pub_contract_outcome",
    metadata,
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
    Column("indicator", String(60), primary_key=True),
    Column("area_code", String(8), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("value", Numeric(14, 4), nullable=False),
)

pub_ledger = Table(
    "pub_ledger",
    metadata,
    Column("year", String(4), primary_key=True),
    Column("in_no_wijk", SmallInteger),
)

# What is measured and shown, in the words of the day on which the release was made.
pub_measure = Table(
    "pub_measure",
    metadata,
    # "measure" or "indicator".
    Column("kind", String(12), primary_key=True),
    Column("id", String(60), primary_key=True),
    # One row per language in which there is a text.
    Column("language", String(2), primary_key=True),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("formula", Text, nullable=False),
    Column("unit", String(20), nullable=False),
    # The rounding base of a measure; 0 for exact money, and for indicators.
    Column("base", Integer, nullable=False),
    Column("source", Text, nullable=False),
)

# The rules by which it was made: rounding base, smallest base, legal maxima, and their sources.
pub_setting = Table(
    "pub_setting",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", String(40), nullable=False),
    Column("source", Text, nullable=False),
)

_beside = MetaData(schema=BESIDE)


@cache
def beside(table: Table) -> Table:
    """Return the same table of the release that is set beside."""
    return table.to_metadata(_beside)
