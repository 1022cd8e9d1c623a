import doctest
from unittest.mock import patch

from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .. import tools
from ..hooks import EXCLUSIONS, find_missing_exclusions, post_init_hook, pre_init_hook
from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestConstraint(MediaCommon):
    def test_doctests(self):
        """ADV-06: the arithmetic of periods and places does what its examples say."""
        self.assertEqual(doctest.testmod(tools).failed, 0)

    def test_constraints_exist(self):
        """ADV-06: the database holds both exclusion constraints, with their words."""
        self.assertEqual(find_missing_exclusions(self.env), [])
        rows = self.env.execute_query(
            SQL(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conname = 'media_booking_overlap_excl'"
            )
        )
        for word in ("gist", "face_id WITH =", "slot WITH =", "'[]'", "WITH &&"):
            self.assertIn(word, rows[0][0])
        for state in ("hold", "booked", "posted", "removed"):
            self.assertIn(state, rows[0][0])

    def test_installation_refuses_without_constraint(self):
        """ADV-06: Odoo only logs a constraint that failed; the hook refuses."""
        name = EXCLUSIONS[0]
        self.env.cr.execute(
            SQL("ALTER TABLE media_booking DROP CONSTRAINT %s", SQL.identifier(name))
        )

        with self.assertRaisesRegex(UserError, name):
            post_init_hook(self.env)

    @mute_logger("odoo.sql_db")
    def test_missing_right_is_explained(self):
        """ADV-06: without the right to create the extension we say what to do."""
        cursor = self.env.cr
        execute = type(cursor).execute

        def refuse(cr, query, *args, **kwargs):
            if str(query).startswith("CREATE EXTENSION"):
                query = "CREATE EXTENSION no_such_extension"
            return execute(cr, query, *args, **kwargs)

        with (
            patch.object(type(cursor), "execute", refuse),
            self.assertRaisesRegex(UserError, "CREATE EXTENSION btree_gist"),
        ):
            pre_init_hook(self.env)

    @mute_logger("odoo.sql_db")
    def test_database_decides(self):
        """ADV-06: past every check of ours, two rows of one period do not fit."""
        self._hold()
        values = {
            **self._request(date_from=self.end, date_to=self.end),
            "state": "booked",
            "kind": "paid",
        }
        with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self.Booking._add_rows([values])
            self.env.flush_all()

    def test_neighbouring_days_fit(self):
        """ADV-06: dates are inclusive; the next day is free."""
        self._hold(**self._days(0, 9))
        with self.assertRaises(UserError):
            self._hold(**self._days(9, 12))
        self._hold(**self._days(10, 12))

    def test_fillers_lie_under_bookings(self):
        """ADV-06: a filler keeps nobody from booking, but two fillers do not fit."""
        filler = self._hold(kind="psa", state="filler", partner_id=False)

        self.assertEqual(filler.state, "filler")
        self.assertEqual(self._book().state, "booked")
        with self.assertRaises(UserError):
            self._hold(kind="psa", state="filler", partner_id=False)
        with self.assertRaisesRegex(UserError, "public-service"):
            self._hold(kind="paid", state="filler")
