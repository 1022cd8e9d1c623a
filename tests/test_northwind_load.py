"""The Northwind sample goes through Odoo's import: once, twice, and with bad rows."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from northwind.loader import Loader
from northwind.report import as_json, as_table

from odoo.tests import TransactionCase

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests/data/northwind"


def count_rows(file):
    with (SAMPLE / file).open(encoding="utf-8", newline="") as stream:
        return sum(1 for _row in csv.reader(stream)) - 1


def get_amount(row):
    """The amount of an order line, to the cent."""
    gross = Decimal(row["unitPrice"]) * int(row["quantity"])
    net = gross * (1 - Decimal(row["discount"]))
    return net.quantize(Decimal("0.01"), ROUND_HALF_UP)


class TestNorthwindLoad(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.result = Loader(cls.env, SAMPLE).run()
        cls.tallies = {tally.round: tally for tally in cls.result.tallies}

    def test_every_row_is_loaded(self):
        created = {name: tally.created for name, tally in self.tallies.items()}

        self.assertFalse(self.result.problems)
        self.assertEqual(created["customers"], count_rows("customers.csv"))
        self.assertEqual(created["suppliers"], count_rows("suppliers.csv"))
        self.assertEqual(created["users"], count_rows("employees.csv"))
        self.assertEqual(created["products"], count_rows("products.csv"))
        self.assertEqual(created["orders"], count_rows("orders.csv"))
        self.assertEqual(created["order lines"], count_rows("order-details.csv"))

    def test_second_run_writes_nothing(self):
        """Northwind loaded twice: PostgreSQL counts no written row."""
        again = Loader(self.env, SAMPLE).run()

        self.assertEqual(again.written, 0)
        self.assertFalse(sum(t.created + t.updated for t in again.tallies))
        self.assertEqual(sum(t.unchanged for t in again.tallies), self._count_loaded())

    def test_a_deleted_record_is_loaded_again(self):
        self.env.ref("northwind.order_10250").unlink()

        again = Loader(self.env, SAMPLE).run()

        tallies = {tally.round: tally for tally in again.tallies}
        self.assertEqual(tallies["orders"].created, 1)
        self.assertEqual(tallies["order lines"].created, 3)
        self.assertFalse(sum(tally.updated for tally in again.tallies))

    def test_changes_made_in_odoo_survive_a_second_run(self):
        customer = self.env.ref("northwind.customer_ALFKI")
        customer.phone = "changed by hand"

        Loader(self.env, SAMPLE).run()

        self.assertEqual(customer.phone, "changed by hand")

    def test_untidy_cells_are_understood(self):
        """NULL is empty, accents stay, torn texts are joined, UK is a country."""
        torn = self.env.ref("northwind.customer_BLONP")
        british = self.env.ref("northwind.customer_AROUT")
        american = self.env.ref("northwind.customer_GREAL")

        self.assertEqual(torn.name, "Blondesddsl père et fils")
        self.assertEqual(torn.street, "24, place Kléber")
        self.assertEqual(torn.country_id.code, "FR")
        self.assertFalse(torn.street2)
        self.assertEqual(british.country_id.code, "GB")
        self.assertEqual(american.state_id.code, "OR")
        self.assertFalse(self.env.ref("northwind.employee_2").parent_id)
        self.assertEqual(
            self.env.ref("northwind.employee_9").parent_id,
            self.env.ref("northwind.employee_5"),
        )

    def test_orders_equal_the_file(self):
        order = self.env.ref("northwind.order_10250")
        line = self.env.ref("northwind.line_10250_51")

        self.assertEqual(order.name, "NW10250")
        self.assertEqual(str(order.date_order.date()), "1996-07-08")
        self.assertEqual(str(order.commitment_date.date()), "1996-08-05")
        self.assertEqual(order.user_id, self.env.ref("northwind.user_4"))
        self.assertEqual(order.state, "draft")
        self.assertAlmostEqual(order.amount_total, 1552.60)
        self.assertAlmostEqual(line.discount, 15.0)

    def test_amounts_add_up(self):
        lines = self.env["sale.order.line"].search(
            [("order_id.pricelist_id", "=", self.env.ref("northwind.pricelist").id)]
        )
        with (SAMPLE / "order-details.csv").open(encoding="utf-8") as stream:
            expected = sum(get_amount(row) for row in csv.DictReader(stream))

        self.assertEqual(round(sum(lines.mapped("price_total")), 2), float(expected))

    def test_report_names_every_round(self):
        table, text = as_table(self.result), as_json(self.result)

        for name in self.tallies:
            self.assertIn(name, table)
            self.assertIn(f'"{name}"', text)

    def _count_loaded(self):
        return sum(tally.created + tally.updated for tally in self.result.tallies)
