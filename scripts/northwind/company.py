"""The company in which the sample is replayed: people, limits, contracts, prices."""

import datetime

from odoo import Command

from . import story
from .rounds import MODULE

#: Who acts, and the groups that let them.
ROLES = {
    "supervisor": ("sales_team.group_sale_salesman_all_leads",),
    "higher_authority": ("sales_team.group_sale_salesman_all_leads",),
    "accountant": (
        "account_credit_limit.group_credit_certifier",
        "base.group_partner_manager",
    ),
    "finance": ("account.group_account_invoice", "sales_team.group_sale_manager"),
    "cashier": ("account_receipt_confirmation.group_receipt_cashier",),
    "administration": ("contract_register.group_contract_administration",),
}
STOCK = 100_000


class Company:
    """Prepares ``env.company`` for a replay and knows its people."""

    def __init__(self, env, folder):
        self.env = env
        self.company = env.company
        self.customers = story.get_customers(folder)
        self.users = {role: self._make_user(role) for role in ROLES}

    def ref(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def get_customer(self, code):
        return self.ref(f"customer_{code}")

    def act_as(self, role, records):
        """Return the records as somebody of that role sees them."""
        return records.with_user(self.users[role])

    def prepare(self, codes):
        """Set everything up for the customers with these ids."""
        self.company.credit_control = True
        self.company.order_review = True
        self._make_teams()
        self._make_price_list()
        self._make_price_authority()
        self._fill_stock()
        for code in codes:
            self._grant(self.customers[code])
            self._file_contract(self.customers[code])

    # === PEOPLE === #

    def _make_user(self, role):
        groups = self.env["res.groups"]
        for xmlid in ("base.group_user", *ROLES[role]):
            groups |= self.env.ref(xmlid)
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": role.replace("_", " ").capitalize(),
                    "login": f"replay.{role}",
                    "group_ids": [Command.set(groups.ids)],
                }
            )
        )

    def _make_teams(self):
        """One business unit below another; every salesperson belongs to it."""
        teams = self.env["crm.team"]
        above = teams.create(
            {"name": "Northwind", "user_id": self.users["higher_authority"].id}
        )
        self.team = teams.create(
            {
                "name": "Northwind sales",
                "user_id": self.users["supervisor"].id,
                "parent_id": above.id,
            }
        )

    # === PRICES AND STOCK === #

    def _make_price_list(self):
        """Let the loaded prices begin in spring 1997; before, they were lower."""
        items = self.ref("pricelist").item_ids
        change = story.OLD_PRICES_UNTIL + datetime.timedelta(days=1)
        items.date_start = datetime.datetime.combine(change, datetime.time())
        last = datetime.datetime.combine(story.OLD_PRICES_UNTIL, datetime.time(23, 59))
        for item in items:
            price = round(item.fixed_price * float(story.OLD_PRICE_SHARE), 2)
            item.copy({"date_start": False, "date_end": last, "fixed_price": price})

    def _make_price_authority(self):
        flow = self.env["review.flow"]._get_flow("sale.order", self.company)
        first, second = flow.step_ids.filtered(lambda step: not step.is_final).sorted()
        authority = {"company_id": self.company.id, "percent_max": 0}
        self.env["sale.price.authority"].create(
            [
                {
                    **authority,
                    "step_id": first.id,
                    "percent_min": story.SUPERVISOR_PERCENT,
                },
                {**authority, "step_id": second.id, "percent_min": 0},
            ]
        )

    def _fill_stock(self):
        """Goods are there: the replay is not about stock."""
        domain = [("default_code", "=like", "NW0%")]
        products = self.env["product.product"].search(domain)
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        for product in products:
            self.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, STOCK
            )

    # === CUSTOMERS === #

    def _grant(self, customer):
        partner = self.get_customer(customer.code)
        account = self.env["credit.account"]._ensure(partner, self.company)
        account = self.act_as("accountant", account)
        account.limit_permanent = customer.limit or 0
        account.write(
            {
                "policy": "limit" if customer.limit is not None else "no_control",
                "max_overdue_days": customer.overdue_days,
            }
        )

    def _file_contract(self, customer):
        if not customer.has_contract:
            return
        contracts = self.act_as("administration", self.env["contract.document"])
        contracts.create(
            {
                "name": f"Framework contract {customer.code}",
                "partner_id": self.get_customer(customer.code).id,
                "date_signed": story.CONTRACT_START,
                "date_start": story.CONTRACT_START,
                "date_end": story.CONTRACT_END,
            }
        ).action_file()
