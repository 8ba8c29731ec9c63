"""Search, labels, rules, ways and kept filters; poor ratings behind improvements; acts that nobody can change.

Revision ID: 0003
Revises: 0002
"""

import re
import string

import sqlalchemy as sa
from alembic import op

from surveyapp import db as types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORD = re.compile(r"[^\W_]+")
LISTS = (("label", 40), ("rule", 160))
PUNCTUATION = string.punctuation.replace("'", "''") + "’‘“”–—…"
BLANKS = " " * (len(string.punctuation) + 7)
PLACE = "(CAST(julianday({0}day) AS INTEGER) << 33) + {0}id"
"""Where a comment stands in the index: later days have larger numbers, so that the newest are found first."""


def _index(table: str, place: str, source: str, column: str, watched: str) -> list[str]:
    """Return what makes an index of words that SQLite's own triggers keep: a row that goes takes its words along."""

    def add(row: str) -> str:
        return f"INSERT INTO {table} (rowid, text) VALUES ({place.format(row)}, {row}{column});"  # noqa: S608

    def drop(row: str) -> str:
        return f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', {place.format(row)}, {row}{column});"  # noqa: S608

    return [
        f"CREATE VIRTUAL TABLE {table} USING fts5(text, content='', detail=none, columnsize=0,"
        ' tokenize="unicode61 remove_diacritics 0")',
        f"CREATE TRIGGER {table}_add AFTER INSERT ON {source} BEGIN {add('new.')} END",
        f"CREATE TRIGGER {table}_drop AFTER DELETE ON {source} BEGIN {drop('old.')} END",
        f"CREATE TRIGGER {table}_change AFTER UPDATE OF {watched} ON {source} BEGIN {drop('old.')} {add('new.')} END",
        f"INSERT INTO {table} (rowid, text) SELECT {place.format('')}, {column} FROM {source}",  # noqa: S608 - names of ours
    ]


SQLITE = [
    *_index("comment_words", PLACE, "comment", "text", "id, day, text"),
    *_index("title_words", "{0}id", "improvement", "title", "id, title"),
    "CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'acts are never changed'); END",
    "CREATE TRIGGER act_remains BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'acts are never removed'); END",
]


def _column(table: str, column: str) -> list[str]:
    """Return what makes PostgreSQL keep a text's words beside it; punctuation goes first, or "and/or" would be one word."""
    bare = f"translate({column}, '{PUNCTUATION}', '{BLANKS}')"
    return [
        f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS (strip(to_tsvector('simple', {bare}))) STORED",
        f"CREATE INDEX ix_{table}_words ON {table} USING gin (words) WITH (fastupdate = off)",
        f"ALTER TABLE {table} ALTER COLUMN words SET STATISTICS 1000",
    ]


POSTGRESQL = [
    *_column("comment", "text"),
    *_column("improvement", "title"),
    "CREATE FUNCTION act_stays() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'acts are never changed or removed'; END $$",
    "CREATE TRIGGER act_stays BEFORE UPDATE OR DELETE ON act FOR EACH ROW EXECUTE FUNCTION act_stays()",
    "CREATE TRIGGER act_remains BEFORE TRUNCATE ON act FOR EACH STATEMENT EXECUTE FUNCTION act_stays()",
]
COUNT_POOR = """
INSERT INTO rollup (fact, service_id, day, purpose, "key", month, n)
SELECT 'poor', m.service_id, m.day, coalesce(m.purpose, ''), CAST(m.improvement_id AS VARCHAR(80)), {month}, count(*)
FROM mention m JOIN comment c ON c.id = m.comment_id WHERE m.state = 'filed' AND c.rating <= 25
GROUP BY m.service_id, m.day, coalesce(m.purpose, ''), m.improvement_id
"""
SUM_POOR = """
UPDATE improvement_count SET poor = coalesce((SELECT sum(n) FROM rollup WHERE fact = 'poor'
AND "key" = CAST(improvement_id AS VARCHAR(80)) AND rollup.service_id = improvement_count.service_id), 0)
"""
MONTH = {
    "sqlite": "CASE m.day WHEN '0001-01-01' THEN 0 ELSE 12 * CAST(substr(m.day, 1, 4) AS INTEGER)"
    " + CAST(substr(m.day, 6, 2) AS INTEGER) - 1 END",
    "postgresql": "CASE m.day WHEN DATE '0001-01-01' THEN 0 ELSE 12 * CAST(extract(year FROM m.day) AS INTEGER)"
    " + CAST(extract(month FROM m.day) AS INTEGER) - 1 END",
}


def _key(table: str) -> list:
    return [sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def _link(table: str, column: str, to: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE" if cascade else None
    )


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _by(column: str = "by") -> sa.Column:
    return sa.Column(column, sa.Integer(), nullable=True)


def _at(column: str = "at") -> sa.Column:
    return sa.Column(column, types.UTCTime(timezone=True), nullable=False)


def _number(column: str) -> sa.Column:
    return sa.Column(column, sa.Integer(), nullable=False)


def _words(column: str, limit: int) -> sa.Column:
    return sa.Column(column, types.Words(limit), nullable=False)


def _tables() -> None:
    for name, limit in LISTS:
        op.create_table(
            name, _id(), _words("name", limit), _by("created_by"), _at("created_at"), *_key(name),
            _link(name, "created_by", "person", cascade=False), sa.UniqueConstraint("name", name=op.f(f"uq_{name}_name")),
        )  # fmt: skip
        both = f"improvement_{name}"
        op.create_table(
            both, _number("improvement_id"), _number(f"{name}_id"),
            sa.PrimaryKeyConstraint("improvement_id", f"{name}_id", name=op.f(f"pk_{both}")),
            _link(both, "improvement_id", "improvement"), _link(both, f"{name}_id", name),
        )  # fmt: skip
        op.create_index(f"ix_{both}_{name}_id", both, [f"{name}_id"])
    op.create_table(
        "rule_decision", _id(), _number("rule_id"), _words("decision", 8), _words("why", 1000), _by(), _at(),
        *_key("rule_decision"), _link("rule_decision", "rule_id", "rule"),
        _link("rule_decision", "by", "person", cascade=False),
    )  # fmt: skip
    op.create_index(op.f("ix_rule_decision_rule_id"), "rule_decision", ["rule_id"])
    op.create_table(
        "way", _id(), _number("improvement_id"), _words("text", 400), sa.Column("chosen", sa.Boolean(), nullable=False),
        _by(), _at(), *_key("way"), _link("way", "improvement_id", "improvement"), _link("way", "by", "person", cascade=False),
    )  # fmt: skip
    op.create_index(op.f("ix_way_improvement_id"), "way", ["improvement_id"])
    op.create_table(
        "apart", _id(), _number("one_id"), _number("other_id"), _by(), _at(), *_key("apart"),
        _link("apart", "one_id", "improvement"), _link("apart", "other_id", "improvement"),
        _link("apart", "by", "person", cascade=False),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_apart_one_id_other_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_apart_other_id"), "apart", ["other_id"])
    op.create_table(
        "saved_filter", _id(), _number("person_id"), _words("name", 60), _words("query", 1000),
        sa.Column("shared", sa.Boolean(), nullable=False), _at(), *_key("saved_filter"),
        _link("saved_filter", "person_id", "person", cascade=False),
    )  # fmt: skip
    op.create_index(op.f("ix_saved_filter_person_id"), "saved_filter", ["person_id"])
    op.create_table(
        "outcome_service", _number("outcome_id"), _number("service_id"),
        sa.PrimaryKeyConstraint("outcome_id", "service_id", name=op.f("pk_outcome_service")),
        _link("outcome_service", "outcome_id", "outcome"), _link("outcome_service", "service_id", "service"),
    )  # fmt: skip
    op.create_table(
        "word", _id(), _words("word", 40), *_key("word"), sa.UniqueConstraint("word", name=op.f("uq_word_word"))
    )


def upgrade() -> None:
    """Make tables, count poor ratings, index every word that is there, and close the acts."""
    connection = op.get_bind()
    kind = connection.dialect.name
    _tables()
    op.add_column("improvement_count", sa.Column("poor", sa.Integer(), nullable=False, server_default="0"))
    connection.exec_driver_sql(COUNT_POOR.format(month=MONTH[kind]))
    connection.exec_driver_sql(SUM_POOR)
    op.create_index("ix_act_at", "act", ["at"])
    for statement in SQLITE if kind == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement.replace("%", "%%") if kind == "postgresql" else statement)
    _vocabulary(connection)


def _vocabulary(connection: sa.Connection) -> None:
    """Note every word that stands in a comment that was heard, or in a title."""
    found: set[str] = set()
    heard = "SELECT text FROM comment JOIN response ON response.id = response_id WHERE response.state = 'heard'"
    for source in (heard, "SELECT title FROM improvement"):
        for (text,) in connection.exec_driver_sql(source):
            found.update(word for word in WORD.findall(text.lower()) if len(word) <= 40)
    if found:
        words = sa.table("word", sa.column("word"))
        op.bulk_insert(words, [{"word": word} for word in sorted(found)])


def downgrade() -> None:
    """Take it all away again."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for table in ("comment_words", "title_words"):
            for end in ("add", "drop", "change"):
                op.execute(f"DROP TRIGGER {table}_{end}")
            op.execute(f"DROP TABLE {table}")
        op.execute("DROP TRIGGER act_stays")
        op.execute("DROP TRIGGER act_remains")
    else:
        op.drop_column("comment", "words")
        op.drop_column("improvement", "words")
        op.execute("DROP TRIGGER act_stays ON act")
        op.execute("DROP TRIGGER act_remains ON act")
        op.execute("DROP FUNCTION act_stays")
    op.execute("DELETE FROM rollup WHERE fact = 'poor'")
    op.drop_index("ix_act_at", "act")
    with op.batch_alter_table("improvement_count") as table:
        table.drop_column("poor")
    for name in ("word", "outcome_service", "saved_filter", "apart", "way", "rule_decision"):
        op.drop_table(name)
    for name, _limit in LISTS:
        op.drop_table(f"improvement_{name}")
        op.drop_table(name)
