"""The register and the releases as they were when revisions began.

Revision: 0001. Frozen: a later change of a table is a later revision, never an edit here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_GUARD = (
    "CREATE TRIGGER {table}_frozen_{action} BEFORE {action} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
)
# INSERT OR REPLACE: no trigger on UPDATE or DELETE sees it.
_SQLITE_REPLACE_GUARD = (
    "CREATE TRIGGER {table}_frozen_REPLACE BEFORE INSERT ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
    "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION release_is_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a release is never changed'; END $$"
)
_POSTGRES_GUARD = (
    "CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION release_is_frozen()"
)


def upgrade() -> None:
    """Create every table, index, constraint and trigger."""
    _create_register()
    _freeze(*_create_releases())


def _freeze(*tables: sa.Table) -> None:
    on_sqlite = op.get_context().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(_POSTGRES_FUNCTION)
    for table in tables:
        if not on_sqlite:
            op.execute(_POSTGRES_GUARD.format(table=table.name))
            continue
        for action in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_GUARD.format(table=table.name, action=action))
        same = " AND ".join(f"{key.name} = NEW.{key.name}" for key in table.primary_key)
        op.execute(_SQLITE_REPLACE_GUARD.format(table=table.name, same=same))


def _create_register() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("checksum", name="uq_delivery_checksum"),
    )
    op.create_table(
        "financier",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('gemeente', 'fonds', 'corporatie', 'rijk', 'overig')",
            name="ck_financier_kind",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_financier"),
    )
    op.create_table(
        "gemeente",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("figures_on", sa.Date(), nullable=True),
        sa.Column("figures_source", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("code LIKE 'GM____'", name="ck_gemeente_code"),
        sa.CheckConstraint("residents IS NULL OR residents >= 0", name="ck_gemeente_residents"),
        sa.PrimaryKeyConstraint("code", name="pk_gemeente"),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("name_nl", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("definition_nl", sa.Text(), nullable=False),
        sa.Column("definition_en", sa.Text(), nullable=False),
        sa.Column("unit_nl", sa.String(length=80), nullable=False),
        sa.Column("unit_en", sa.String(length=80), nullable=False),
        sa.Column("determined_by_nl", sa.String(length=160), nullable=False),
        sa.Column("determined_by_en", sa.String(length=160), nullable=False),
        sa.Column("validation_nl", sa.Text(), nullable=False),
        sa.Column("validation_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
    )
    op.create_table(
        "participant",
        sa.Column("pseudonym", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym", name="pk_participant"),
    )
    op.create_table(
        "quarter",
        sa.Column("id", sa.String(length=7), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name="ck_quarter_order"),
        sa.PrimaryKeyConstraint("id", name="pk_quarter"),
        sa.UniqueConstraint("ends_on", name="uq_quarter_ends_on"),
    )
    op.create_table(
        "rounding_memory",
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=130), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("true_value", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "measure",
            "period",
            "wijk_code",
            "organisation_id",
            "item",
            "category",
            name="pk_rounding_memory",
        ),
    )
    op.create_table(
        "taakveld",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_year", sa.SmallInteger(), nullable=False),
        sa.Column("last_year", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_taakveld"),
    )
    op.create_table(
        "target",
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.PrimaryKeyConstraint("indicator", "area_code", "period", name="pk_target"),
    )
    op.create_table(
        "closed_period",
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gemeente_code"], ["gemeente.code"], name="fk_closed_period_gemeente_code"
        ),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name="fk_closed_period_quarter"),
        sa.PrimaryKeyConstraint("gemeente_code", "quarter", name="pk_closed_period"),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("taakveld", sa.String(length=8), server_default="6.5", nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name="ck_contract_order"),
        sa.ForeignKeyConstraint(
            ["gemeente_code"], ["gemeente.code"], name="fk_contract_gemeente_code"
        ),
        sa.ForeignKeyConstraint(["taakveld"], ["taakveld.code"], name="fk_contract_taakveld"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("founded_year", sa.SmallInteger(), nullable=True),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('wijkbedrijf', 'sociaal_bedrijf', 'overig')", name="ck_organisation_kind"
        ),
        sa.ForeignKeyConstraint(
            ["gemeente_code"], ["gemeente.code"], name="fk_organisation_gemeente_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_table(
        "wijk",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("edition", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("bijstand", sa.Integer(), nullable=True),
        sa.Column("figures_on", sa.Date(), nullable=True),
        sa.Column("figures_source", sa.Text(), server_default="", nullable=False),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("geometry", sa.Text(), nullable=True),
        sa.Column("schematic", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("geometry_source", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("code LIKE 'WK______'", name="ck_wijk_code"),
        sa.CheckConstraint("bijstand IS NULL OR bijstand >= 0", name="ck_wijk_bijstand"),
        sa.CheckConstraint("edition BETWEEN 1995 AND 2100", name="ck_wijk_edition"),
        sa.CheckConstraint("households IS NULL OR households >= 0", name="ck_wijk_households"),
        sa.CheckConstraint("residents IS NULL OR residents >= 0", name="ck_wijk_residents"),
        sa.ForeignKeyConstraint(["gemeente_code"], ["gemeente.code"], name="fk_wijk_gemeente_code"),
        sa.PrimaryKeyConstraint("code", "edition", name="pk_wijk"),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("participant", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("hours_per_week", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "activity IN ('groen', 'reparatie', 'welzijn', 'sport', 'horeca', "
            "'administratie', 'overig')",
            name="ck_agreement_activity",
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ck_agreement_order"),
        sa.CheckConstraint(
            "hours_per_week > 0 AND hours_per_week <= 40", name="ck_agreement_hours"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_agreement_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.pseudonym"], name="fk_agreement_participant"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_agreement_wijk_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
    )
    op.create_index("ix_agreement_dates", "agreement", ["started_on", "ended_on"])
    op.create_index("ix_agreement_participant", "agreement", ["participant"])
    op.create_table(
        "allowance",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("participant", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="ck_allowance_amount"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_allowance_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.pseudonym"], name="fk_allowance_participant"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_allowance_wijk_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_allowance"),
    )
    op.create_index("ix_allowance_participant", "allowance", ["participant"])
    op.create_table(
        "contract_financier",
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("financier_id", sa.String(length=60), nullable=False),
        sa.Column("share", sa.Numeric(precision=6, scale=5), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ceiling_cents > 0", name="ck_contract_financier_ceiling"),
        sa.CheckConstraint("share > 0 AND share <= 1", name="ck_contract_financier_share"),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name="fk_contract_financier_contract_id"
        ),
        sa.ForeignKeyConstraint(
            ["financier_id"], ["financier.id"], name="fk_contract_financier_financier_id"
        ),
        sa.PrimaryKeyConstraint("contract_id", "financier_id", name="pk_contract_financier"),
    )
    op.create_table(
        "contract_outcome",
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("outcome_id", sa.String(length=60), nullable=False),
        sa.Column("tariff_cents", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.CheckConstraint("agreed > 0", name="ck_contract_outcome_agreed"),
        sa.CheckConstraint("tariff_cents > 0", name="ck_contract_outcome_tariff"),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name="fk_contract_outcome_contract_id"
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name="fk_contract_outcome_outcome_id"
        ),
        sa.PrimaryKeyConstraint("contract_id", "outcome_id", name="pk_contract_outcome"),
    )
    op.create_table(
        "coverage",
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "subject IN ('vrijwilligers', 'ladder', 'uitstroom', 'resultaten', "
            "'besteding', 'vergoedingen')",
            name="ck_coverage_subject",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_coverage_organisation_id"
        ),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.id"], name="fk_coverage_quarter"),
        sa.PrimaryKeyConstraint("organisation_id", "subject", "quarter", name="pk_coverage"),
    )
    op.create_table(
        "ladder_reading",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("participant", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 6", name="ck_ladder_reading_level"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_ladder_reading_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.pseudonym"], name="fk_ladder_reading_participant"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_ladder_reading_wijk_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ladder_reading"),
        sa.UniqueConstraint("participant", "read_on", name="uq_ladder_reading_participant"),
    )
    op.create_table(
        "organisation_wijk",
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_organisation_wijk_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_organisation_wijk_wijk_code",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "wijk_code", "wijk_edition", name="pk_organisation_wijk"
        ),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("participant", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("hours_per_week", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "kind IN ('paid_without_support', 'paid_with_support', 'self_employed')",
            name="ck_placement_kind",
        ),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ck_placement_order"),
        sa.CheckConstraint(
            "hours_per_week > 0 AND hours_per_week <= 60", name="ck_placement_hours"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_placement_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.pseudonym"], name="fk_placement_participant"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_placement_wijk_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_placement"),
        sa.UniqueConstraint("participant", "started_on", name="uq_placement_participant"),
    )
    op.create_table(
        "spending",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=True),
        sa.Column("wijk_code", sa.String(length=8), nullable=True),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=True),
        sa.Column("taakveld", sa.String(length=8), nullable=False),
        sa.Column("financier_id", sa.String(length=60), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("nature", sa.String(length=12), nullable=False),
        sa.Column("money_ends_on", sa.Date(), nullable=True),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "(nature = 'structureel' AND money_ends_on IS NULL) OR "
            "(nature = 'incidenteel' AND money_ends_on IS NOT NULL)",
            name="ck_spending_finite_money_is_incidenteel",
        ),
        sa.CheckConstraint("nature IN ('structureel', 'incidenteel')", name="ck_spending_nature"),
        sa.CheckConstraint("(wijk_code IS NULL) = (wijk_edition IS NULL)", name="ck_spending_wijk"),
        sa.CheckConstraint("amount_cents <> 0", name="ck_spending_amount"),
        sa.ForeignKeyConstraint(
            ["financier_id"], ["financier.id"], name="fk_spending_financier_id"
        ),
        sa.ForeignKeyConstraint(
            ["gemeente_code"], ["gemeente.code"], name="fk_spending_gemeente_code"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_spending_organisation_id"
        ),
        sa.ForeignKeyConstraint(["taakveld"], ["taakveld.code"], name="fk_spending_taakveld"),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"],
            ["wijk.code", "wijk.edition"],
            name="fk_spending_wijk_code",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_spending"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("text_nl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_statement_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("outcome_id", sa.String(length=60), nullable=False),
        sa.Column("participant", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("wijk_code", sa.String(length=8), nullable=False),
        sa.Column("wijk_edition", sa.SmallInteger(), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("judged_achieved", sa.Boolean(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("check_passed", sa.Boolean(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(checked_on IS NULL) = (check_passed IS NULL)", name="ck_result_checked"
        ),
        sa.CheckConstraint(
            "(judged_on IS NULL) = (judged_achieved IS NULL)", name="ck_result_judged"
        ),
        sa.CheckConstraint(
            "checked_on IS NULL OR checked_on >= claimed_on", name="ck_result_checked_order"
        ),
        sa.CheckConstraint(
            "judged_on IS NULL OR judged_on >= claimed_on", name="ck_result_judged_order"
        ),
        sa.CheckConstraint(
            "paid_on IS NULL OR "
            "(judged_on IS NOT NULL AND judged_achieved AND paid_on >= judged_on)",
            name="ck_result_paid_only_when_residents_agree",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id", "outcome_id"],
            ["contract_outcome.contract_id", "contract_outcome.outcome_id"],
            name="fk_result_contract_id",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_result_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participant.pseudonym"], name="fk_result_participant"
        ),
        sa.ForeignKeyConstraint(
            ["wijk_code", "wijk_edition"], ["wijk.code", "wijk.edition"], name="fk_result_wijk_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
    )
    op.create_table(
        "spending_outcome",
        sa.Column("spending_id", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("share", sa.Numeric(precision=6, scale=5), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('participation', 'step_up', 'paid_work')",
            name="ck_spending_outcome_outcome",
        ),
        sa.CheckConstraint("share > 0 AND share <= 1", name="ck_spending_outcome_share"),
        sa.ForeignKeyConstraint(
            ["spending_id"], ["spending.id"], name="fk_spending_outcome_spending_id"
        ),
        sa.PrimaryKeyConstraint("spending_id", "outcome", name="pk_spending_outcome"),
    )


def _create_releases() -> tuple[sa.Table, ...]:
    pub_release = op.create_table(
        "pub_release",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.String(length=7), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("reason_nl", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("widened", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    pub_amount = op.create_table(
        "pub_amount",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("area_code", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("taakveld", sa.String(length=8), nullable=False),
        sa.Column("financier_id", sa.String(length=60), nullable=False),
        sa.Column("nature", sa.String(length=12), nullable=False),
        sa.Column("money_ends_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "row"),
    )
    op.create_index(
        "ix_pub_amount_place", "pub_amount", ["release", "gemeente_code", "year", "area_code"]
    )
    pub_area = op.create_table(
        "pub_area",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("edition", sa.SmallInteger(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("bijstand", sa.Integer(), nullable=True),
        sa.Column("figures_on", sa.Date(), nullable=True),
        sa.Column("figures_source", sa.Text(), nullable=False),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("schematic", sa.Boolean(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=True),
        sa.Column("geometry_source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "area_code"),
    )
    pub_cell = op.create_table(
        "pub_cell",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("area_code", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=130), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.CheckConstraint("(status = 'published') = (value IS NOT NULL)", name="pub_cell_status"),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint(
            "release",
            "gemeente_code",
            "measure",
            "period",
            "area_code",
            "organisation_id",
            "item",
            "category",
        ),
    )
    op.create_index(
        "ix_pub_cell_series", "pub_cell", ["release", "area_code", "organisation_id", "measure"]
    )
    pub_contract = op.create_table(
        "pub_contract",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "contract_id"),
    )
    pub_contract_financier = op.create_table(
        "pub_contract_financier",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("financier_id", sa.String(length=60), nullable=False),
        sa.Column("share", sa.Numeric(precision=6, scale=5), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "contract_id", "financier_id"),
    )
    pub_contract_outcome = op.create_table(
        "pub_contract_outcome",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.String(length=60), nullable=False),
        sa.Column("outcome_id", sa.String(length=60), nullable=False),
        sa.Column("tariff_cents", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("name_nl", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("definition_nl", sa.Text(), nullable=False),
        sa.Column("definition_en", sa.Text(), nullable=False),
        sa.Column("unit_nl", sa.String(length=80), nullable=False),
        sa.Column("unit_en", sa.String(length=80), nullable=False),
        sa.Column("determined_by_nl", sa.String(length=160), nullable=False),
        sa.Column("determined_by_en", sa.String(length=160), nullable=False),
        sa.Column("validation_nl", sa.Text(), nullable=False),
        sa.Column("validation_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "contract_id", "outcome_id"),
    )
    pub_financier = op.create_table(
        "pub_financier",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("financier_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "financier_id"),
    )
    pub_gap = op.create_table(
        "pub_gap",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "organisation_id", "subject", "quarter"),
    )
    pub_organisation = op.create_table(
        "pub_organisation",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("founded_year", sa.SmallInteger(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("wijk_codes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "organisation_id"),
    )
    pub_period = op.create_table(
        "pub_period",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("gemeente_code", sa.String(length=6), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "gemeente_code", "period"),
    )
    pub_statement = op.create_table(
        "pub_statement",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.String(length=60), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("text_nl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "id"),
    )
    pub_taakveld = op.create_table(
        "pub_taakveld",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "code"),
    )
    pub_target = op.create_table(
        "pub_target",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=8), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["pub_release.number"],
        ),
        sa.PrimaryKeyConstraint("release", "indicator", "area_code", "period"),
    )
    return (
        pub_release,
        pub_amount,
        pub_area,
        pub_cell,
        pub_contract,
        pub_contract_financier,
        pub_contract_outcome,
        pub_financier,
        pub_gap,
        pub_organisation,
        pub_period,
        pub_statement,
        pub_taakveld,
        pub_target,
    )
