from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestMediaPermit(MediaCommon):
    """Permits to erect and their end."""

    def _permit(self, **values):
        permits = self.env["media.permit"].with_user(self.control)
        return permits.create(
            {
                "number": "P-1",
                "site_id": self.site.id,
                "date_from": date(2026, 1, 1),
                "date_to": fields.Date.today() + timedelta(days=365),
                **values,
            }
        )

    def test_the_end_is_watched(self):
        """Issue 5.1: the responsible person is reminded before a permit ends."""
        permit = self._permit()
        due = permit.deadline_at
        self.assertTrue(due)
        self.assertLess(due.date(), permit.date_to - timedelta(days=28))
        permit.date_to += timedelta(days=365)
        self.assertGreater(permit.deadline_at, due + timedelta(days=300))
        permit.active = False
        self.assertFalse(permit.deadline_at)

    def test_states_follow_the_dates(self):
        permit = self._permit(date_to=date(2026, 12, 31))
        for day, state in (
            ("2025-12-01", "coming"),
            ("2026-06-01", "valid"),
            ("2026-12-15", "ending"),
            ("2027-01-01", "expired"),
        ):
            with freeze_time(f"{day} 04:00:00"):
                permit.invalidate_recordset(["state"])
                self.assertEqual(permit.state, state)

    def test_faces_of_the_site_are_covered(self):
        """The latest permit of the site or of the face counts, in few queries."""
        site_wide = self._permit()
        later = self._permit(
            number="P-2",
            face_ids=self.face.ids,
            date_to=site_wide.date_to + timedelta(days=30),
        )
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            ends = self.env["media.permit"]._get_ends(self.faces)
        self.assertEqual(ends[self.face.id], later.date_to)
        self.assertEqual(ends[self.faces[1].id], site_wide.date_to)
        self.assertIsNone(ends[self.faces[2].id])

    def test_a_permit_is_of_one_site(self):
        with self.assertRaisesRegex(ValidationError, "stands elsewhere"):
            self._permit(face_ids=self.faces[2].ids)

    def test_numbers_are_unique(self):
        self._permit()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._permit()

    def test_salespeople_only_read(self):
        permit = self._permit()
        self.env.invalidate_all()
        self.assertTrue(permit.with_user(self.salesperson).has_access("read"))
        self.assertFalse(permit.with_user(self.salesperson).has_access("write"))


@tagged("post_install", "-at_install")
class TestMediaMaintenance(MediaCommon):
    """Rounds are planned, block the face, and are logged once."""

    def _plan(self, **values):
        return self.env["media.maintenance.plan"].create(
            {
                "name": "Check the lights",
                "face_id": self.face.id,
                "interval_days": 10,
                "next_date": fields.Date.today(),
                "user_id": self.control.id,
                **values,
            }
        )

    def _round(self, **values):
        rounds = self.env["media.maintenance"].with_user(self.control)
        return rounds.create(
            {
                "name": "Repair",
                "face_id": self.face.id,
                "date_planned": self.start,
                "days": 3,
                **values,
            }
        )

    def test_rounds_are_planned_once(self):
        """Issue 5.1: the rounds of two weeks ahead, however often it runs."""
        plan = self._plan()
        for _run in range(3):
            self.env["media.maintenance.plan"]._cron_plan()
        rounds = self.env["media.maintenance"].search([("plan_id", "=", plan.id)])
        self.assertEqual(len(rounds), 2)
        self.assertEqual(plan.next_date, fields.Date.today() + timedelta(days=20))

    def test_a_round_blocks_the_face(self):
        """Issue 5.4: maintenance is a booking, so nobody else gets those days."""
        maintenance = self._round()
        maintenance.action_block()
        self.assertRecordValues(
            maintenance.booking_id,
            [
                {
                    "kind": "maintenance",
                    "state": "booked",
                    "date_to": self.start + timedelta(days=2),
                }
            ],
        )
        faces = self.env["media.face"].with_user(self.salesperson)
        domain = [("id", "=", self.face.id)]
        self.assertFalse(faces.search_free(domain, self.start, self.start)["length"])
        maintenance.action_cancel()
        self.assertTrue(faces.search_free(domain, self.start, self.start)["length"])

    def test_the_result_is_evidence(self):
        maintenance = self._round()
        with self.assertRaisesRegex(UserError, "Enter the result"):
            maintenance.action_done()
        for forged in ({"state": "done"}, {"done_by_id": self.manager.id}):
            with self.assertRaises(UserError):
                maintenance.sudo().write(forged)
            with self.assertRaises(UserError):
                self._round(**forged)
        maintenance.result = "repaired"
        maintenance.action_done()
        self.assertEqual(maintenance.done_by_id, self.control)
        with self.assertRaises(UserError):
            maintenance.note = "something else"
        with self.assertRaises(UserError):
            maintenance.unlink()

    def test_salespeople_only_read(self):
        maintenance = self._round()
        self.env.invalidate_all()
        own = maintenance.with_user(self.salesperson)
        self.assertTrue(own.has_access("read"))
        with self.assertRaises(AccessError):
            own.action_cancel()
