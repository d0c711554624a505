"""Tables of the register: what gemeente and wijkbedrijven write down together.

People appear as a pseudonym with a wijk and what an indicator needs; never a name, birth date or
address. What a supplier delivers as pseudonym is not kept: `participant` holds a second HMAC of it
with a key that only the gemeente has. Money is integer cents. A wijk is (code, edition): CBS uses
codes again for other wijken; both empty means that the wijk is not known.

A row with a key of its supplier's own (`id`) belongs to that supplier: an organisation or a
gemeente. Two suppliers may both number their rows 1, 2, 3. `delivery_id` is the last delivery in
which the row stood; empty for rows of before deliveries were kept per row.
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
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from indicators.catalogue import HOURS_BASE, OUTCOMES, WORK_KINDS

ORGANISATION_KINDS = ("wijkbedrijf", "sociaal_bedrijf", "overig")
FINANCIER_KINDS = ("gemeente", "fonds", "corporatie", "rijk", "overig")
ACTIVITIES = ("groen", "reparatie", "welzijn", "sport", "horeca", "administratie", "overig")
NATURES = ("structureel", "incidenteel")
COVERAGE_SUBJECTS = (
    "vrijwilligers",
    "ladder",
    "uitstroom",
    "resultaten",
    "besteding",
    "vergoedingen",
)

# PostgreSQL: the schema in which releases are kept. SQLite has no schemas.
PUBLISHED = "pub"

metadata = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _wijk_key() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["wijk_code", "wijk_edition"], ["wijk.code", "wijk.edition"])


def _wijk_or_neither() -> CheckConstraint:
    return CheckConstraint("(wijk_code IS NULL) = (wijk_edition IS NULL)", name="wijk")


def _own_key() -> tuple[Column[str], Column[str], Column[int]]:
    """The key of a row that its supplier numbers, and the delivery in which it last stood."""
    return (
        Column("supplier", String(60), primary_key=True),
        Column("id", String(60), primary_key=True),
        Column("delivery_id", ForeignKey("delivery.id")),
    )


def _whose(participant_index: bool) -> tuple[Column[str], Column[str], Column[str], Column[int]]:
    """The person, the organisation, and the wijk where the person lives (empty: not known)."""
    return (
        Column(
            "participant",
            ForeignKey("participant.pseudonym"),
            nullable=False,
            index=participant_index,
        ),
        Column("organisation_id", ForeignKey("organisation.id"), nullable=False),
        Column("wijk_code", String(8)),
        Column("wijk_edition", SmallInteger),
    )


delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("supplier", String(60), nullable=False),
    Column("checksum", String(64), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

delivery_gemeente = Table(
    "delivery_gemeente",
    metadata,
    Column("delivery_id", ForeignKey("delivery.id"), primary_key=True),
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
)

quarter = Table(
    "quarter",
    metadata,
    Column("id", String(7), primary_key=True),
    Column("year", SmallInteger, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False, unique=True),
    CheckConstraint("ends_on > starts_on", name="order"),
)

taakveld = Table(
    "taakveld",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("first_year", SmallInteger, nullable=False),
    Column("last_year", SmallInteger, nullable=False),
)

gemeente = Table(
    "gemeente",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("residents", Integer),
    Column("figures_on", Date),
    Column("figures_source", Text, nullable=False, server_default=""),
    CheckConstraint("code LIKE 'GM____'", name="code"),
    CheckConstraint("residents IS NULL OR residents >= 0", name="residents"),
)

wijk = Table(
    "wijk",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("edition", SmallInteger, primary_key=True, autoincrement=False),
    Column("gemeente_code", ForeignKey("gemeente.code"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("residents", Integer),
    Column("households", Integer),
    Column("bijstand", Integer),
    Column("figures_on", Date),
    Column("figures_source", Text, nullable=False, server_default=""),
    Column("longitude", Numeric(9, 6)),
    Column("latitude", Numeric(9, 6)),
    Column("geometry", Text),
    Column("schematic", Boolean, nullable=False, server_default="0"),
    Column("geometry_source", Text, nullable=False, server_default=""),
    CheckConstraint("code LIKE 'WK______'", name="code"),
    CheckConstraint("edition BETWEEN 1995 AND 2100", name="edition"),
    CheckConstraint("residents IS NULL OR residents >= 0", name="residents"),
    CheckConstraint("households IS NULL OR households >= 0", name="households"),
    CheckConstraint("bijstand IS NULL OR bijstand >= 0", name="bijstand"),
)

organisation = Table(
    "organisation",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("gemeente_code", ForeignKey("gemeente.code"), nullable=False),
    Column("founded_year", SmallInteger),
    Column("description", Text, nullable=False, server_default=""),
    Column("invented", Boolean, nullable=False),
    # Organisations with the same domain of one gemeente use the same pseudonym for a person.
    Column("pseudonym_domain", String(60)),
    _one_of("kind", ORGANISATION_KINDS),
)

organisation_wijk = Table(
    "organisation_wijk",
    metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("wijk_code", String(8), primary_key=True),
    Column("wijk_edition", SmallInteger, primary_key=True, autoincrement=False),
    _wijk_key(),
)

statement = Table(
    "statement",
    metadata,
    *_own_key(),
    Column("organisation_id", ForeignKey("organisation.id"), nullable=False),
    Column("stated_on", Date),
    Column("value", Integer),
    Column("text_nl", Text, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("source", Text, nullable=False),
)

financier = Table(
    "financier",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("supplier", String(60), nullable=False),
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    _one_of("kind", FINANCIER_KINDS),
)

participant = Table("participant", metadata, Column("pseudonym", String(64), primary_key=True))

agreement = Table(
    "agreement",
    metadata,
    *_own_key(),
    *_whose(participant_index=True),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("hours_per_week", Numeric(4, 1), nullable=False),
    Column("activity", String(20), nullable=False),
    _wijk_key(),
    _wijk_or_neither(),
    CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),
    CheckConstraint(f"hours_per_week > 0 AND hours_per_week <= {HOURS_BASE}", name="hours"),
    _one_of("activity", ACTIVITIES),
    Index("ix_agreement_dates", "started_on", "ended_on"),
)

allowance = Table(
    "allowance",
    metadata,
    *_own_key(),
    *_whose(participant_index=True),
    Column("paid_on", Date, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    _wijk_key(),
    _wijk_or_neither(),
    CheckConstraint("amount_cents > 0", name="amount"),
)

ladder_reading = Table(
    "ladder_reading",
    metadata,
    *_own_key(),
    *_whose(participant_index=False),
    Column("read_on", Date, nullable=False),
    Column("level", SmallInteger, nullable=False),
    _wijk_key(),
    _wijk_or_neither(),
    UniqueConstraint("participant", "organisation_id", "read_on"),
    CheckConstraint("level BETWEEN 1 AND 6", name="level"),
)

placement = Table(
    "placement",
    metadata,
    *_own_key(),
    *_whose(participant_index=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("hours_per_week", Numeric(4, 1), nullable=False),
    Column("kind", String(30), nullable=False),
    _wijk_key(),
    _wijk_or_neither(),
    UniqueConstraint("participant", "organisation_id", "started_on"),
    CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="order"),
    CheckConstraint("hours_per_week > 0 AND hours_per_week <= 60", name="hours"),
    _one_of("kind", tuple(kind.id for kind in WORK_KINDS)),
)

outcome = Table(
    "outcome",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("supplier", String(60), nullable=False),
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

contract = Table(
    "contract",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("gemeente_code", ForeignKey("gemeente.code"), nullable=False),
    Column("name", String(160), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("taakveld", ForeignKey("taakveld.code"), nullable=False, server_default="6.5"),
    CheckConstraint("ends_on > starts_on", name="order"),
)

contract_financier = Table(
    "contract_financier",
    metadata,
    Column("contract_id", ForeignKey("contract.id"), primary_key=True),
    Column("financier_id", ForeignKey("financier.id"), primary_key=True),
    Column("share", Numeric(6, 5), nullable=False),
    Column("ceiling_cents", BigInteger, nullable=False),
    CheckConstraint("share > 0 AND share <= 1", name="share"),
    CheckConstraint("ceiling_cents > 0", name="ceiling"),
)

contract_outcome = Table(
    "contract_outcome",
    metadata,
    Column("contract_id", ForeignKey("contract.id"), primary_key=True),
    Column("outcome_id", ForeignKey("outcome.id"), primary_key=True),
    Column("tariff_cents", BigInteger, nullable=False),
    Column("agreed", Integer, nullable=False),
    CheckConstraint("tariff_cents > 0", name="tariff"),
    CheckConstraint("agreed > 0", name="agreed"),
)

result = Table(
    "result",
    metadata,
    *_own_key(),
    Column("contract_id", String(60), nullable=False),
    Column("outcome_id", String(60), nullable=False),
    *_whose(participant_index=False),
    Column("claimed_on", Date, nullable=False),
    Column("judged_on", Date),
    Column("judged_achieved", Boolean),
    Column("checked_on", Date),
    Column("check_passed", Boolean),
    Column("paid_on", Date),
    ForeignKeyConstraint(
        ["contract_id", "outcome_id"],
        ["contract_outcome.contract_id", "contract_outcome.outcome_id"],
    ),
    _wijk_key(),
    _wijk_or_neither(),
    CheckConstraint("(judged_on IS NULL) = (judged_achieved IS NULL)", name="judged"),
    CheckConstraint("(checked_on IS NULL) = (check_passed IS NULL)", name="checked"),
    CheckConstraint("judged_on IS NULL OR judged_on >= claimed_on", name="judged_order"),
    CheckConstraint("checked_on IS NULL OR checked_on >= claimed_on", name="checked_order"),
    CheckConstraint(
        "paid_on IS NULL OR (judged_on IS NOT NULL AND judged_achieved AND paid_on >= judged_on)",
        name="paid_only_when_residents_agree",
    ),
)

spending = Table(
    "spending",
    metadata,
    *_own_key(),
    Column("gemeente_code", ForeignKey("gemeente.code"), nullable=False),
    Column("spent_on", Date, nullable=False),
    Column("organisation_id", ForeignKey("organisation.id")),
    Column("wijk_code", String(8)),
    Column("wijk_edition", SmallInteger),
    Column("taakveld", ForeignKey("taakveld.code"), nullable=False),
    Column("financier_id", ForeignKey("financier.id"), nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("nature", String(12), nullable=False),
    Column("money_ends_on", Date),
    Column("description", Text, nullable=False, server_default=""),
    _wijk_key(),
    _wijk_or_neither(),
    CheckConstraint("amount_cents <> 0", name="amount"),
    CheckConstraint(
        "(nature = 'structureel' AND money_ends_on IS NULL) OR "
        "(nature = 'incidenteel' AND money_ends_on IS NOT NULL)",
        name="finite_money_is_incidenteel",
    ),
    _one_of("nature", NATURES),
)

spending_outcome = Table(
    "spending_outcome",
    metadata,
    Column("supplier", String(60), primary_key=True),
    Column("spending_id", String(60), primary_key=True),
    Column("outcome", String(30), primary_key=True),
    Column("share", Numeric(6, 5), nullable=False),
    ForeignKeyConstraint(["supplier", "spending_id"], ["spending.supplier", "spending.id"]),
    CheckConstraint("share > 0 AND share <= 1", name="share"),
    _one_of("outcome", tuple(outcome.id for outcome in OUTCOMES)),
)

target = Table(
    "target",
    metadata,
    Column("indicator", String(60), primary_key=True),
    Column("area_code", String(8), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("value", Numeric(14, 4), nullable=False),
)

closed_period = Table(
    "closed_period",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("quarter", ForeignKey("quarter.id"), primary_key=True),
    Column("closed_on", Date, nullable=False),
)

coverage = Table(
    "coverage",
    metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("subject", String(20), primary_key=True),
    Column("quarter", ForeignKey("quarter.id"), primary_key=True),
    Column("delivered_on", Date),
    _one_of("subject", COVERAGE_SUBJECTS),
)

# Which secret draws the thresholds of a gemeente. A period keeps the epoch in which it was first
# published, so that a new key changes nothing that was published under an old one.
disclosure_key = Table(
    "disclosure_key",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
)

# The secret threshold of each leaf (place, organisation) or group, per set of people; or per
# measure or class, where that has a threshold of its own.
leaf_threshold = Table(
    "leaf_threshold",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("people", String(20), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("place", String(8), primary_key=True),
    Column("seat", Integer, nullable=False),
    Column("threshold", SmallInteger, nullable=False),
    CheckConstraint("threshold BETWEEN 0 AND 4", name="threshold"),
)

# What an organisation delivered about a period is counted once, and again on the yearly day of
# corrections: `counted` keeps the true counts that figures are made from until then.
settled = Table(
    "settled",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("measure", String(60), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("counted_on", Date, nullable=False),
)

counted = Table(
    "counted",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("measure", String(60), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("place", String(8), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("item", String(130), primary_key=True),
    Column("category", String(40), primary_key=True),
    Column("true_value", Integer, nullable=False),
)

# How a leaf takes part in a breakdown; settled once for each period, whatever comes later.
standing = Table(
    "standing",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("breakdown", String(60), primary_key=True),
    Column("period", String(7), primary_key=True),
    Column("organisation_id", String(60), primary_key=True),
    Column("item", String(130), primary_key=True),
    Column("place", String(8), primary_key=True),
    Column("part", String(10), nullable=False),
    Column("coarse", Boolean, nullable=False),
    _one_of("part", ("alone", "group", "left_out")),
)

withdrawn = Table(
    "withdrawn",
    metadata,
    Column("file", String(40), primary_key=True),
    Column("supplier", String(60), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("gemeente_code", ForeignKey("gemeente.code"), nullable=False),
    Column("delivery_id", ForeignKey("delivery.id")),
    Column("withdrawn_at", DateTime(timezone=True), nullable=False),
)

accepted_doubt = Table(
    "accepted_doubt",
    metadata,
    Column("file", String(40), primary_key=True),
    Column("supplier", String(60), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("doubt", String(40), primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id")),
)

pseudonym_key = Table(
    "pseudonym_key",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("fingerprint", String(16), nullable=False),
)

work = Table(
    "work",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("doing", String(20), nullable=False),
    Column("who", String(200), nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("gemeente_code", ForeignKey("gemeente.code"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("file", String(40), primary_key=True),
    Column("line", String(20), primary_key=True),
    Column("rows", Integer, nullable=False),
)

# A release is kept as the very file that readers get, so that what is read can be checked against
# what was published, byte for byte, and a table more in a later version changes nothing here.
release_file = Table(
    "release_file",
    metadata,
    Column("gemeente_code", String(6), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("closed_until", String(7), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    schema=PUBLISHED,
)

_FROZEN = "a release is never changed"
_SQLITE_GUARDS = (
    f"CREATE TRIGGER release_file_keeps_rows BEFORE DELETE ON release_file "
    f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END",
    f"CREATE TRIGGER release_file_keeps_values BEFORE UPDATE ON release_file "
    f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END",
    # INSERT OR REPLACE is seen by no UPDATE or DELETE trigger.
    "CREATE TRIGGER release_file_replaces_nothing BEFORE INSERT ON release_file "
    "WHEN EXISTS (SELECT 1 FROM release_file WHERE gemeente_code = NEW.gemeente_code "
    f"AND number = NEW.number) BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END",
)
_POSTGRES_GUARDS = (
    f"CREATE OR REPLACE FUNCTION {PUBLISHED}.release_is_frozen() RETURNS trigger LANGUAGE plpgsql "
    f"AS $$ BEGIN RAISE EXCEPTION '{_FROZEN}'; END $$",
    f"CREATE TRIGGER release_file_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON "
    f"{PUBLISHED}.release_file FOR EACH STATEMENT EXECUTE FUNCTION {PUBLISHED}.release_is_frozen()",
)
for _dialect, _guards in (("sqlite", _SQLITE_GUARDS), ("postgresql", _POSTGRES_GUARDS)):
    for _guard in _guards:
        event.listen(release_file, "after_create", DDL(_guard).execute_if(dialect=_dialect))
