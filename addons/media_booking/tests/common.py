from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class MediaCommon(BaseCommon):
    """Four faces of one format on two sites, and a person of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Date.today() + timedelta(days=30)
        cls.end = cls.start + timedelta(days=29)
        cls._create_people()
        cls._create_inventory()

    @classmethod
    def _create_people(cls):
        cls.salesperson, cls.colleague, cls.control, cls.manager = (
            new_test_user(
                cls.env,
                f"media_{name}",
                groups=f"media_booking.group_media_{group}",
                email=f"media_{name}@example.com",
                tz="Asia/Shanghai",
            )
            for name, group in (
                ("salesperson", "user"),
                ("colleague", "user"),
                ("control", "control"),
                ("manager", "manager"),
            )
        )
        cls.customer, cls.rival = cls.env["res.partner"].create(
            [{"name": "Qingyun Tea"}, {"name": "Lanshan Motors"}]
        )

    @classmethod
    def _create_inventory(cls):
        cls.district = cls.env["media.district"].create(
            {"name": "Test District", "city": "Test City"}
        )
        cls.format = cls.env["media.format"].create(
            {"name": "Test Column 18 × 6", "width": 18, "height": 6}
        )
        cls.loop_format = cls.env["media.format"].create(
            {"name": "Test Screen", "kind": "digital", "slot_count": 3}
        )
        cls.site, cls.far_site = cls.env["media.site"].create(
            [
                cls._site_values("T-1", latitude=22.54, longitude=114.05),
                cls._site_values("T-2", latitude=22.60, longitude=114.05),
            ]
        )
        cls.faces = cls.env["media.face"].create(
            [
                cls._face_values("T-1-A"),
                cls._face_values("T-1-B"),
                cls._face_values("T-2-A", site_id=cls.far_site.id),
                cls._face_values("T-2-B", site_id=cls.far_site.id),
            ]
        )
        cls.face = cls.faces[0]

    @classmethod
    def _site_values(cls, code, **values):
        return {
            "code": code,
            "name": f"Site {code}",
            "district_id": cls.district.id,
            "road": "Binhe Road",
            **values,
        }

    @classmethod
    def _face_values(cls, code, **values):
        return {
            "code": code,
            "site_id": cls.site.id,
            "format_id": cls.format.id,
            **values,
        }

    # === CALLS === #

    def setUp(self):
        super().setUp()
        self.Booking = self.env["media.booking"]

    def _request(self, face=None, **values):
        """Return what somebody asks for: the first face for thirty days."""
        return {
            "face_id": (face or self.face).id,
            "date_from": self.start,
            "date_to": self.end,
            "partner_id": self.customer.id,
            "user_id": self.salesperson.id,
            **values,
        }

    def _hold(self, face=None, **values):
        """Have process control hold a face for the salesperson."""
        bookings = self.Booking.with_user(self.control)
        return bookings.create([self._request(face, **values)]).sudo()

    def _book(self, face=None, **values):
        """Have process control hold and book a face for the salesperson."""
        booking = self._hold(face, **values)
        booking.with_user(self.control).action_book()
        return booking

    def _option(self, user=None, face=None, **values):
        """Have the colleague queue for a face with the rival."""
        user = user or self.colleague
        asked = {"partner_id": self.rival.id, "user_id": user.id, "state": "option"}
        bookings = self.Booking.with_user(user)
        return bookings.create([self._request(face, **asked, **values)]).sudo()

    def _lapse(self, hold):
        """Let a hold have lapsed an hour ago, as time does."""
        hold.flush_recordset()
        self.env.cr.execute(
            "UPDATE media_booking SET hold_until = %s WHERE id IN %s",
            [
                fields.Datetime.now() - timedelta(hours=1),
                (hold | hold.child_ids)._ids,
            ],
        )
        self.env.invalidate_all()

    def _run_cron(self):
        """Let the scheduler do what it does every five minutes."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("media_booking.ir_cron_lapse").method_direct_trigger()
        self.env.invalidate_all()

    def _days(self, first, last):
        """Return the period from one day of the start to another, as values."""
        return {
            "date_from": self.start + timedelta(days=first),
            "date_to": self.start + timedelta(days=last),
        }
