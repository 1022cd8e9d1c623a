from psycopg2 import Error

from odoo.exceptions import UserError
from odoo.tools import SQL

#: The constraints without which two bookings of one face could overlap.
EXCLUSIONS = ("media_booking_overlap_excl", "media_booking_filler_excl")


def pre_init_hook(env):
    """Create the extension on which the constraints against overlaps stand."""
    try:
        with env.cr.savepoint():
            env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    except Error as error:
        raise UserError(
            env._(
                "Media Booking needs the PostgreSQL extension btree_gist, which keeps"
                " bookings from overlapping, and could not create it (%(reason)s)."
                " Install the package postgresql-contrib if it is missing, then let a"
                " superuser run CREATE EXTENSION btree_gist in database %(database)s.",
                reason=str(error).splitlines()[0],
                database=env.cr.dbname,
            )
        ) from error


def post_init_hook(env):
    """Refuse to install without the constraints: Odoo only logs a failed one."""
    missing = find_missing_exclusions(env)
    if missing:
        raise UserError(
            env._(
                "The constraints %s could not be created, so bookings could overlap."
                " See the server log for the reason, remove it and install again.",
                ", ".join(missing),
            )
        )


def find_missing_exclusions(env):
    """Return the names of the exclusion constraints that the table lacks."""
    rows = env.execute_query(
        SQL(
            "SELECT conname FROM pg_constraint WHERE contype = 'x'"
            " AND convalidated AND conrelid = 'media_booking'::regclass"
        )
    )
    found = {name for (name,) in rows}
    return [name for name in EXCLUSIONS if name not in found]
