import base64
import io
from datetime import timedelta

from openpyxl import load_workbook
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .board_common import BoardCommon


def make_photo():
    stream = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class AvailsCommon(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.face.image_1920 = make_photo()
        cls.env["media.rate"].create(
            {"format_id": cls.format.id, "price": 100, "unit": "day"}
        )

    @classmethod
    def _propose(cls, user=None):
        """Return the draft made of the free faces of the common period."""
        avails = cls.env["media.avails"].with_user(user or cls.salesperson)
        domain = [("id", "in", cls.faces.ids)]
        action = avails.action_propose(domain, str(cls.start), str(cls.end))
        return avails.browse(action["res_id"])

    @classmethod
    def _issue(cls, **values):
        avails = cls._propose()
        avails.write({"partner_id": cls.customer.id, **values})
        avails.action_issue()
        return avails


@tagged("post_install", "-at_install")
class TestAvails(AvailsCommon):
    def test_sheet_lists_what_is_free(self):
        """The sheet takes the free faces, whoever asks, with place, size and price."""
        self._book(self.face, user=self.colleague)
        lines = self._propose().line_ids
        self.assertEqual(lines.face_id, self.faces[1:])
        self.assertRecordValues(
            lines[0],
            [
                {
                    "code": "T-1-B",
                    "place": "Site T-1 · Binhe Road",
                    "size": "18 × 6 m",
                    "list_price": 3000,
                }
            ],
        )

    def test_nothing_free_is_said(self):
        for face in self.faces:
            self._book(face, days=30)
        with self.assertRaisesRegex(UserError, str(self.end)):
            self._propose()

    def test_issued_sheet_is_frozen(self):
        """What was sent stays as it was: faces, dates and prices."""
        avails = self._issue()
        self.assertEqual(avails.state, "issued")
        self.assertNotEqual(avails.name, "/")
        self.face.sudo().code = "T-1-X"
        self.env["media.rate"].search([("format_id", "=", self.format.id)]).price = 7
        self.assertEqual(avails.line_ids[0].code, "T-1-A")
        self.assertEqual(avails.line_ids[0].list_price, 3000)
        line = avails.line_ids[0]
        for forbidden in (
            lambda: avails.write({"date_to": self.end + timedelta(1)}),
            lambda: avails.write({"line_ids": [fields.Command.clear()]}),
            lambda: line.write({"face_id": self.faces[3].id}),
            line.unlink,
            avails.unlink,
            avails.action_issue,
            lambda: line.create({"avails_id": avails.id, "face_id": self.face.id}),
        ):
            with self.assertRaises(UserError):
                forbidden()

    def test_steps_are_not_written(self):
        """Number, state and token follow from the steps, sudo or not."""
        avails = self._propose()
        for values in (
            {"state": "issued"},
            {"name": "AV/1"},
            {"issued_on": "2026-01-01 00:00:00"},
        ):
            with self.assertRaises(UserError):
                avails.write(values)
        for sheet in (avails, avails.sudo()):
            with self.assertRaises(UserError):
                sheet.write({"token": "abc"})
        forged = {"date_from": self.start, "date_to": self.end, "state": "issued"}
        with self.assertRaises(UserError):
            avails.create(forged)
        sheet = avails.with_context(default_state="issued").create(
            {"date_from": self.start, "date_to": self.end}
        )
        self.assertEqual(sheet.state, "draft")

    def test_prices_cannot_be_sent(self):
        """A list price comes from the rate card, not from whoever writes the line."""
        avails = self._propose()
        line = avails.line_ids[0]
        line.write({"list_price": 1, "code": "free"})
        self.assertEqual((line.list_price, line.code), (3000, "T-1-A"))

    def test_others_sheets_stay_theirs(self):
        """A salesperson sees own sheets; process control all of them."""
        avails = self._issue()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            avails.with_user(self.colleague).read(["name"])
        with self.assertRaises(AccessError):
            avails.with_user(self.colleague).action_revoke()
        with self.assertRaises(AccessError):
            avails.line_ids.with_user(self.colleague).read(["code"])
        self.assertTrue(avails.with_user(self.control).link)

    def test_copy_is_a_new_draft(self):
        copy = self._issue().copy()
        self.assertEqual((copy.state, copy.name), ("draft", "/"))
        self.assertFalse(copy.link)
        self.assertEqual(len(copy.line_ids), 4)

    def test_paper_shows_faces(self):
        """The A4 sheet names faces, places, sizes and prices beside the photos."""
        avails = self._issue(note="春节档期")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "media_booking.report_avails", avails.ids
        )
        text = html.decode()
        for part in ("T-1-A", "Site T-1", "18 × 6 m", "3,000.00", "春节档期"):
            self.assertIn(part, text)
        self.assertIn("data:image", text)


@tagged("post_install", "-at_install")
class TestAvailsPage(AvailsCommon, HttpCase):
    def _path(self, avails):
        return "/media/avails/" + avails.sudo().token

    def test_customer_sees_the_sheet_without_login(self):
        """The link shows the frozen list with photos, but not to search engines."""
        avails = self._issue()
        page = self.url_open(self._path(avails))
        self.assertEqual(page.status_code, 200)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        for part in ("T-1-A", "Qingyun Tea", "3,000.00"):
            self.assertIn(part, page.text)
        line = avails.line_ids[0]
        photo = self.url_open(f"{self._path(avails)}/photo/{line.id}")
        self.assertEqual(photo.headers["Content-Type"], "image/png")

    def test_other_sheets_photos_stay_closed(self):
        """A link opens its own photos only."""
        first, second = self._issue(), self._issue()
        line = second.line_ids[0]
        photo = self.url_open(f"{self._path(first)}/photo/{line.id}")
        self.assertEqual(photo.status_code, 404)

    def test_wrong_link_is_a_sentence(self):
        page = self.url_open("/media/avails/nothing-like-it")
        self.assertEqual(page.status_code, 404)
        self.assertIn("alert", page.text)
        self.assertNotIn("Traceback", page.text)

    def test_revoked_link_is_closed(self):
        avails = self._issue()
        path = self._path(avails)
        avails.action_revoke()
        self.assertFalse(avails.link)
        for end in ("", "/pdf"):
            self.assertEqual(self.url_open(path + end).status_code, 404)

    def test_expired_link_is_closed(self):
        avails = self._issue()
        path = self._path(avails)
        avails.expires_on = fields.Date.today() - timedelta(days=2)
        page = self.url_open(path)
        self.assertEqual(page.status_code, 410)
        self.assertNotIn("T-1-A", page.text)

    def test_workbooks_hold_texts(self):
        """A customer named like a formula stays a text in the workbooks."""
        self.customer.name = '=HYPERLINK("http://example.com")'
        self._book(self.faces[1])
        avails = self._issue()
        self.authenticate("media_salesperson", "media_salesperson")
        sheet = load_workbook(
            io.BytesIO(self.url_open(f"/media/avails/{avails.id}/xlsx").content)
        ).active
        self.assertEqual([sheet["A3"].value, sheet["G3"].value], ["T-1-A", 3000])
        params = {
            "domain": [("id", "in", self.faces.ids)],
            "date_from": str(self.start),
            "date_to": str(self.end),
            "scale": "week",
        }
        answer = self.url_open(
            "/media/board/xlsx",
            data={
                "params": str(params)
                .replace("'", '"')
                .replace("(", "[")
                .replace(")", "]"),
                "csrf_token": self.csrf_token(),
            },
        )
        cell = load_workbook(io.BytesIO(answer.content)).active["F4"]
        self.assertEqual(cell.data_type, "s")
        self.assertIn("HYPERLINK", cell.value)

    def csrf_token(self):
        from odoo import http  # noqa: PLC0415 only here

        return http.Request.csrf_token(self)

    def test_strangers_workbook_is_refused(self):
        avails = self._issue()
        self.authenticate("media_colleague", "media_colleague")
        answer = self.url_open(f"/media/avails/{avails.id}/xlsx")
        self.assertNotEqual(answer.status_code, 200)
