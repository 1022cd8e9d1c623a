from datetime import date, timedelta

from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


class MediaCommon(BaseCommon):
    """Four faces of one format on two sites, and a person of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
        cls.start = date.today() + timedelta(days=30)
        cls.end = cls.start + timedelta(days=29)

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
