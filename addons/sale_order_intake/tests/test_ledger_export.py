import io
import json

import openpyxl

from odoo import http
from odoo.tests import HttpCase, tagged

from .feasibility_common import FeasibilityCommon


@tagged("post_install", "-at_install")
class TestLedgerExport(FeasibilityCommon, HttpCase):
    """The ledger as a spreadsheet."""

    def _export(self, order, groupby=()):
        self.authenticate("desk_clerk", "desk_clerk")
        names = ("name", "partner_id/name", "amount_total", "stage")
        data = {
            "model": "order.ledger",
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": order.ids,
            "domain": [("order_id", "in", order.ids)],
            "groupby": list(groupby),
            "import_compat": False,
            "context": {},
        }
        data["fields"][2]["type"] = "monetary"
        response = self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(data),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(response.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        return [cell for row in sheet.iter_rows() for cell in row]

    def test_text_stays_text(self):
        """OCM-69: what a customer typed is text in the spreadsheet, no formula."""
        self.env.ref("base.group_allow_export").user_ids += self.clerk
        name = '=HYPERLINK("http://example.com","Click")'
        self.customer.name = name
        order = self._create_order()
        self.env.flush_all()
        for groupby in ((), ("order_class",)):
            cells = self._export(order, groupby)
            found = [cell for cell in cells if cell.value == name]
            self.assertTrue(found)
            self.assertEqual({cell.data_type for cell in found}, {"s"})
            numbers = [cell.value for cell in cells if cell.data_type == "n"]
            self.assertIn(order.amount_total, numbers)
