from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_import import ImportCommon
from .face_list import make_csv

BOOKINGS = ("编号", "开始日期", "结束日期", "客户", "状态", "业务员", "金额", "性质")
PERMITS = ("许可证号", "点位编码", "审批机关", "有效期自", "有效期至", "负责人")


@tagged("post_install", "-at_install")
class TestMediaImportRecords(ImportCommon):
    """Issue 5.1: running bookings and permits come from files, too."""

    def _row(self, code="T-1-A", start=None, end=None, **cells):
        values = {
            "编号": code,
            "开始日期": start or self.start,
            "结束日期": end or self.end,
            "客户": self.customer.name,
            "状态": "已订",
            "业务员": self.salesperson.login,
            "金额": "¥12,000.50",
            "性质": None,
            **cells,
        }
        return tuple(values[name] for name in BOOKINGS)

    def _import_bookings(self, *rows):
        return self._import(make_csv(rows, BOOKINGS), "booking", self.control)

    def _get_problem(self, *rows):
        content = make_csv(rows, BOOKINGS)
        return self._get_text(content, "booking", user=self.control)

    def test_running_bookings(self):
        """Booked and posted ones keep their dates; a second import writes nothing."""
        today = fields.Date.today()
        rows = (
            self._row(),
            self._row("T-1-B", today - timedelta(days=9), self.end, 状态="已上刊"),
            self._row("T-2-A", 客户=None, 性质="维修"),
        )
        wizard = self._import_bookings(*rows)
        self.assertIn("3 entered", wizard.summary, wizard.line_ids.mapped("text"))
        bookings = self.env["media.booking"].search(
            [("face_id", "in", self.faces.ids)], order="face_id"
        )
        self.assertRecordValues(
            bookings,
            [
                {"state": "booked", "kind": "paid", "amount": 12000.5},
                {"state": "posted", "kind": "paid", "amount": 12000.5},
                {"state": "booked", "kind": "maintenance", "amount": 12000.5},
            ],
        )
        self.assertEqual(bookings[0].user_id, self.salesperson)
        again = self._import_bookings(*rows)
        self.assertIn("0 entered, 0 changed, 3", again.summary)
        self.assertEqual(
            self.env["media.booking"].search_count([("face_id", "in", self.faces.ids)]),
            3,
        )

    def test_a_booking_in_the_way(self):
        """ADV-06: neither two lines nor a line and a booking share a day."""
        problem = self._get_problem(self._row(), self._row(客户=self.rival.name))
        self.assertRegex(problem.text, "Line 2 books the face")
        self.env["media.booking"].with_user(self.control).create(
            {
                "face_id": self.face.id,
                "date_from": self.end,
                "date_to": self.end,
                "partner_id": self.rival.id,
            }
        )
        problem = self._get_problem(self._row())
        self.assertRegex(problem.text, f"{self.rival.name}.* stands there already")

    def test_bad_bookings(self):
        self.env["res.partner"].create({"name": self.rival.name})
        for cells, text in (
            ({"code": "nowhere"}, "There is no face “nowhere”"),
            ({"end": self.start - timedelta(days=1)}, "before it starts"),
            ({"start": "2026-02-30"}, "is no date"),
            ({"start": "3月1日"}, "has no year"),
            ({"start": date(2020, 1, 1), "end": date(2020, 2, 1)}, "leave out what"),
            ({"客户": None}, "cell is empty"),
            ({"客户": "Nobody"}, "is not known"),
            ({"客户": self.rival.name}, "2 are called"),
            ({"业务员": "nobody"}, "is not known"),
            ({"状态": "perhaps"}, "enter one of"),
            ({"金额": "-1"}, "does not lie between"),
            ({"金额": "inf"}, "does not lie between"),
        ):
            with self.subTest(text):
                self.assertRegex(self._get_problem(self._row(**cells)).text, text)

    def test_only_process_control_imports_bookings(self):
        wizard = self._wizard(make_csv([self._row()], BOOKINGS), user=self.control)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(self.salesperson).action_import()

    def test_permits(self):
        rows = [
            (
                "P-1",
                "T-1",
                "城管局",
                date(2026, 1, 1),
                date(2028, 12, 31),
                "media_control",
            )
        ]
        content = make_csv(rows, PERMITS)
        self.assertIn(
            "1 entered", self._import(content, "permit", self.control).summary
        )
        permit = self.env["media.permit"].search([("number", "=", "P-1")])
        self.assertRecordValues(
            permit, [{"site_id": self.site.id, "user_id": self.control.id}]
        )
        again = self._import(content, "permit", self.control)
        self.assertIn("0 entered, 0 changed, 1", again.summary)
        renewed = [(*rows[0][:4], date(2029, 12, 31), rows[0][5])]
        changed = self._import(make_csv(renewed, PERMITS), "permit", self.control)
        self.assertIn("0 entered, 1 changed, 0", changed.summary)
        self.assertEqual(permit.date_to, date(2029, 12, 31))
        wrong = make_csv([("P-2", "T-9", *rows[0][2:])], PERMITS)
        line = self._get_text(wrong, "permit", user=self.control)
        self.assertRegex(line.text, "There is no site “T-9”")
