"""Many rows out of one: what the engine wrote once is copied inside the database."""

from contextlib import contextmanager

from psycopg2 import sql

COLUMNS = """
    SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER'
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
      FROM pg_index i
     WHERE i.indrelid = %s::regclass AND NOT i.indisunique
"""
FOREIGN_KEYS = """
    SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
     WHERE conrelid = %s::regclass AND contype = 'f'
"""


def reserve_ids(cr, table, count):
    """Return the id before the first of ``count`` new ones."""
    cr.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
    sequence = cr.fetchone()[0]
    cr.execute(f"SELECT GREATEST(MAX(id), 0) FROM {table}")  # noqa: S608 - no input
    base = cr.fetchone()[0] or 0
    cr.execute("SELECT setval(%s, %s)", [sequence, base + count])
    return base


def multiply(cr, table, where, items, **changes):
    """Insert a copy of a row for each row of ``items``.

    :param str where: the condition on the one row ``s`` to copy
    :param str items: a query with a column ``n``, known as ``i``
    :param changes: SQL by column, over ``s`` and ``i``; columns that the table does
        not have are left out
    """
    cr.execute(COLUMNS, [table])
    columns = [column for (column,) in cr.fetchall()]
    values = [
        sql.SQL(changes[column]) if column in changes else sql.Identifier("s", column)
        for column in columns
    ]
    query = sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM {} s, ({}) i WHERE {} ORDER BY i.n"
    ).format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(values),
        sql.Identifier(table),
        sql.SQL(items),
        sql.SQL(where),
    )
    cr.execute(query.as_string(cr._cnx))


@contextmanager
def without_indexes(cr, *tables):
    """Drop the indexes and foreign keys of tables for a bulk load, make them after."""
    indexes, keys = [], []
    for table in tables:
        cr.execute(INDEXES, [table])
        indexes += cr.fetchall()
        cr.execute(FOREIGN_KEYS, [table])
        keys += [(table, *row) for row in cr.fetchall()]
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    for table, name, _definition in keys:
        cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    cr.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _name, definition in indexes:
        cr.execute(definition)
    for table, name, definition in keys:
        cr.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
