import csv
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SaleCreditCommon

PROBES = Path(__file__).resolve().parents[3] / "tests/data/probes.csv"
NOT_HERE = "the table of the probes lies in the repository"


@tagged("post_install", "-at_install")
class TestProbes(SaleCreditCommon):
    """Each row of the table, with a customer of its own, gives what it states."""

    def test_probes_give_the_stated_values(self):
        """ORD-06, ORD-08: the 22 probes have the stated answers."""
        if not PROBES.exists():
            self.skipTest(NOT_HERE)
        with PROBES.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual([row["number"] for row in rows], [*map(str, range(1, 23))])

        for row in rows:
            with self.subTest(probe=row["number"]):
                self._take_customer(f"Probe {row['number']}")
                with self.env.cr.savepoint():
                    found = getattr(self, f"_probe_{row['number']}")()
                text = "; ".join(f"{key}={value}" for key, value in found.items())
                self.assertEqual(text, row["expected"])

    def _take_customer(self, name):
        """Let the factories of this class work for a customer of its own."""
        self.patch(type(self), "customer", self._create_customer(name, 1000))

    def _exposure(self, partner=None, company=None):
        return f"{self._get(partner, company)['exposure']:g}"

    def _confirm(self, *orders):
        for order in orders:
            order.action_confirm()
        return [order.state for order in orders]

    def _create_contact(self):
        return self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer.id}
        )

    def _is_refused(self, method, *args):
        try:
            with self.env.cr.savepoint():
                method(*args)
        except (UserError, AccessError):
            return "refused"
        return "passed"

    # === PROBES === #

    def _probe_1(self):
        order = self._create_order(1500)
        (state,) = self._confirm(order)
        return {
            "state": state,
            "codes": order.confirm_hold_codes,
            "exposure": self._exposure(),
        }

    def _probe_2(self):
        states = self._confirm(self._create_order(600), self._create_order(600))
        return {"confirmed": states.count("sale"), "exposure": self._exposure()}

    def _probe_3(self):
        orders = self._create_order(600) + self._create_order(600)
        orders.action_confirm()
        states = orders.mapped("state")
        return {"confirmed": states.count("sale"), "exposure": self._exposure()}

    def _probe_4(self):
        other = self._create_customer("Innocent", 500)
        orders = self._create_order(2000) + self._create_order(500, customer=other)
        orders.action_confirm()
        return dict(zip(("first", "second"), orders.mapped("state"), strict=True))

    def _probe_5(self):
        product = self._create_goods("Poster", invoice_policy="delivery")
        first, second = (self._create_order(900, product=product) for _i in range(2))
        _first, state = self._confirm(first, second)
        return {"exposure": self._exposure(), "second": state}

    def _probe_6(self):
        self._set_limit(self.customer, 2000)
        order = self._create_confirmed(1000)
        invoice = self._invoice(
            order, post=False, advance_payment_method="fixed", fixed_amount=300
        )
        found = {"draft": self._exposure()}
        invoice.action_post()
        found["posted"] = self._exposure()
        self._invoice(order)
        return {**found, "final": self._exposure()}

    def _probe_7(self):
        self._create_invoice_for(self.customer, 300, post=False)
        self._create_invoice_for(self.customer, 100, post=False, move_type="out_refund")
        return {"exposure": self._exposure()}

    def _probe_8(self):
        invoice = self._invoice(self._create_confirmed(1000), post=False)
        found = {"draft": self._exposure()}
        invoice.action_post()
        return {**found, "posted": self._exposure()}

    def _probe_9(self):
        self._create_invoice_for(self.customer, 500)
        self._create_invoice_for(self.customer, 200, move_type="out_refund")
        return {"exposure": self._exposure()}

    def _probe_10(self):
        invoice = self._create_invoice_for(self.customer, 500)
        payment = self._create_payment_of(self.customer, 200)
        (invoice + payment.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        found = {"partial": self._exposure()}
        self._create_payment_of(self.customer, 300)
        return {**found, "advance": self._exposure()}

    def _probe_11(self):
        self._create_invoice_for(self.customer, 500)
        payment = self._create_payment_of(self.customer, 500, arrived=False)
        found = {"registered": self._exposure()}
        self._confirm_arrival(payment)
        return {**found, "arrived": self._exposure()}

    def _probe_12(self):
        contact = self._create_contact()
        self._create_invoice_for(self.customer, 1000)
        self._create_payment_of(contact, 400)
        return {"company": self._exposure(), "contact": self._exposure(contact)}

    def _probe_13(self):
        contact = self._create_contact()
        self._create_invoice_for(contact, 250)
        return {"company": self._exposure(), "contact": self._exposure(contact)}

    def _probe_14(self):
        refund = self._refund(self._invoice(self._create_confirmed(1000)))
        found = {"refunded": self._exposure()}
        refund.credit_reinvoice = True
        return {**found, "again": self._exposure()}

    def _probe_15(self):
        order = self._create_confirmed(1000)
        found = {"before": self._exposure()}
        order.with_user(self.manager)._action_cancel()
        return {**found, "after": self._exposure()}

    def _probe_16(self):
        self._set_limit(self.customer, 5000)
        foreign = self._create_foreign_currency()
        values = {"currency_id": foreign.id}
        self._create_invoice_for(self.customer, 7000, **values)
        found = {"invoice": self._exposure()}
        self._create_invoice_for(self.customer, 7000, post=False, **values)
        found["draft"] = self._exposure()
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", **values})
        self._create_confirmed(7000, pricelist_id=pricelist.id)
        return {**found, "order": self._exposure()}

    def _probe_17(self):
        other = self._create_other_company()
        self._create_invoice_for(self.customer, 100)
        move = self._create_invoice_for(
            self.customer.with_company(other), 800, post=False, company_id=other.id
        )
        move.with_company(other).action_post()
        return {
            "first": self._exposure(),
            "second": self._exposure(company=other),
        }

    def _probe_18(self):
        other = self._create_other_company()
        self.salesperson.sudo().company_ids += other
        self.company.sudo().account_use_credit_limit = True
        companies = (other + self.company).ids
        order = self._create_order(1200).with_context(allowed_company_ids=companies)
        warning = "yes" if "1,200.00" in order.partner_credit_warning else "no"
        return {"state": self._confirm(order)[0], "warning": warning}

    def _probe_19(self):
        found = {}
        for policy in ("limit", "no_control", "cash_only"):
            customer = self.env["res.partner"].create({"name": policy})
            if policy != "limit":
                self._get_account(customer).policy = policy
            order = self._create_order(
                10, customer=customer, settlement_type="cash_on_delivery"
            )
            (found[policy],) = self._confirm(order)
        return found

    def _probe_20(self):
        line = self._create_confirmed(500).order_line
        refused = self._is_refused(line.write, {"price_unit": 5000})
        line.invalidate_recordset()
        return {
            "refused": "yes" if refused == "refused" else "no",
            "exposure": self._exposure(),
        }

    def _probe_21(self):
        order = self._create_order(2000)
        vals = {"state": "sale"}
        forced = order.with_context(bypass_risk=True, force_credit=True)
        wizard = self.env["sale.credit.reason"].with_user(self.salesperson)
        wizard = wizard.create(
            {
                "action": "credit_release",
                "reason": "Please",
                "order_ids": [Command.set(order.ids)],
            }
        )
        return {
            "write": self._is_refused(order.write, vals),
            "context": self._is_refused(forced.write, vals),
            "sudo": self._is_refused(order.sudo().write, vals),
            "release": self._is_refused(wizard.action_decide),
        }

    def _probe_22(self):
        account = self.env["account.account"].create(
            {
                "name": "Tax Receivable",
                "code": "PROBE22",
                "account_type": "asset_receivable",
                "reconcile": True,
                "non_trade": True,
            }
        )
        income = self.income
        values = {"partner_id": self.customer.id, "name": "Tax"}
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create({**values, "account_id": account.id, "debit": 777}),
                    Command.create({**values, "account_id": income.id, "credit": 777}),
                ],
            }
        ).action_post()
        return {"exposure": self._exposure()}
