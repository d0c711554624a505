"""One secret threshold per leaf, true counts that stay as they were counted, standing of leaves.

Revision: 0003, after 0002. Frozen: a later change of a table is a later revision, never an edit
here. The rounding of before cannot be carried over, so its memory goes: the next publication
counts every closed period anew. What to tell whoever upgrades is added to attributes["remarks"],
a list of pairs (Dutch, English).
"""

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the new protection and drop the memory of the old one."""
    op.drop_table("rounding_memory")
    op.create_table(
        "disclosure_key",
        _gemeente(),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _points("disclosure_key"),
        sa.PrimaryKeyConstraint("gemeente_code", "epoch", name="pk_disclosure_key"),
    )
    op.create_table(
        "leaf_threshold",
        _gemeente(),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        _name("people", 20),
        _name("organisation_id", 60),
        _name("place", 8),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("threshold BETWEEN 0 AND 4", name="ck_leaf_threshold_threshold"),
        _points("leaf_threshold"),
        sa.PrimaryKeyConstraint(
            *("gemeente_code", "epoch", "people", "organisation_id", "place"),
            name="pk_leaf_threshold",
        ),
    )
    op.create_table(
        "settled",
        _gemeente(),
        _name("measure", 60),
        _name("period", 7),
        _name("organisation_id", 60),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        _points("settled"),
        sa.PrimaryKeyConstraint(
            *("gemeente_code", "measure", "period", "organisation_id"), name="pk_settled"
        ),
    )
    op.create_table(
        "counted",
        _gemeente(),
        _name("measure", 60),
        _name("period", 7),
        _name("place", 8),
        _name("organisation_id", 60),
        _name("item", 130),
        _name("category", 40),
        sa.Column("true_value", sa.Integer(), nullable=False),
        _points("counted"),
        sa.PrimaryKeyConstraint(
            *("gemeente_code", "measure", "period", "place"),
            *("organisation_id", "item", "category"),
            name="pk_counted",
        ),
    )
    op.create_table(
        "standing",
        _gemeente(),
        _name("breakdown", 60),
        _name("period", 7),
        _name("organisation_id", 60),
        _name("item", 130),
        _name("place", 8),
        _name("part", 10),
        sa.Column("coarse", sa.Boolean(), nullable=False),
        sa.CheckConstraint("part IN ('alone', 'group', 'left_out')", name="ck_standing_part"),
        _points("standing"),
        sa.PrimaryKeyConstraint(
            *("gemeente_code", "breakdown", "period", "organisation_id", "item", "place"),
            name="pk_standing",
        ),
    )
    for table, day in (("ladder_reading", "read_on"), ("placement", "started_on")):
        _once_per_organisation(table, day)
    _tell_about_old_releases()


def _once_per_organisation(table: str, day: str) -> None:
    """A person has one row a day at each organisation.

    One a day at all of them together told who is at another organisation: it refused the row.
    """
    name = f"uq_{table}_participant"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, table)
        op.create_unique_constraint(name, table, ["participant", "organisation_id", day])
        return
    # SQLite cannot change a constraint: the table is made anew from its own text.
    made = op.get_bind().scalar(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"),
        {"table": table},
    )
    before = f"UNIQUE (participant, {day})"
    if made.count(before) != 1:
        raise RuntimeError(f"{table} is not as revision 0002 left it")
    op.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    op.execute(made.replace(before, f"UNIQUE (participant, organisation_id, {day})"))
    op.execute(f"INSERT INTO {table} SELECT * FROM old_{table}")
    op.drop_table(f"old_{table}")


def _gemeente() -> sa.Column[str]:
    return _name("gemeente_code", 6)


def _name(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _points(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["gemeente_code"], ["gemeente.code"], name=f"fk_{table}_gemeente_code"
    )


def _tell_about_old_releases() -> None:
    schema = None if op.get_bind().dialect.name == "sqlite" else "pub"
    kept = sa.table("release_file", sa.column("number", sa.Integer()), schema=schema)
    if not op.get_bind().scalar(sa.select(sa.func.count()).select_from(kept)):
        return
    context.config.attributes.setdefault("remarks", []).append(
        (
            "Publicaties van voor deze versie beschermen mensen niet genoeg en worden niet meer "
            "getoond; zij blijven wel in de database staan. Zet voor elke gemeente een nieuwe "
            "sleutel ('python -m data_access key') en publiceer opnieuw, met --reason en "
            "--reason-en als uitleg.",
            "Releases of before this version do not protect people well enough and are no longer "
            "shown; they do stay in the database. Set a new key for each gemeente ('python -m "
            "data_access key') and publish again, with --reason and --reason-en as explanation.",
        )
    )
