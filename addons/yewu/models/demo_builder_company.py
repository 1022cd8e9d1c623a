import datetime

from odoo import Command, fields, models

from ..demo_builder.catalogue import CUSTOMERS, ITEMS


class DemoBuilder(models.AbstractModel):
    _inherit = "yewu.demo.builder"

    def _build_company(self):
        company = self.env.company
        company.write(
            {
                "name": "云帆户外传媒有限公司",
                "street": "经十路 88 号",
                "city": "济南市",
                "country_id": self.env.ref("base.cn").id,
                "phone": "0531-00000000",
                "email": "info@example.com",
                # No text messages: the first delivery would ask before it is done.
                "stock_text_confirmation": False,
            }
        )
        company.partner_id.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        warehouses = self.env["stock.warehouse"]
        warehouses.search([("company_id", "=", company.id)], limit=1).name = "总仓"
        self.env.ref("base.user_admin").write({"lang": "zh_CN", "tz": "Asia/Shanghai"})

    def _build_switches(self):
        """Switch every capability on, as an administrator does on the settings page."""
        unit = self.env["crm.team"].create(
            {
                "name": "华东营业单位",
                "user_id": self._person("unit_supervisor").id,
                "accountant_id": self._person("unit_accountant").id,
                "parent_id": self.env["crm.team"]
                .create(
                    {"name": "销售总部", "user_id": self._person("higher_authority").id}
                )
                .id,
            }
        )
        sellers = self._person("salesperson") | self._person("salesperson2")
        unit.member_ids = [Command.set(sellers.ids)]
        self.env["res.config.settings"].create(self._get_switches()).execute()
        self._build_price_authority()

    def _get_switches(self):
        departments = self.env["hr.department"].search(
            [("name", "in", ["生产部", "物控部", "技术部", "仓储部"])]
        )
        return {
            "order_intake": True,
            "order_desk_user_id": self._person("sales_clerk").id,
            "order_feasibility": True,
            "order_feasibility_fallback_id": self._person("deputy_manager").id,
            "order_review": True,
            "order_review_fallback_id": self._person("deputy_manager").id,
            "credit_control": True,
            "require_confirmed_prepayment": True,
            "purchase_review": True,
            "payment_review": True,
            "purchase_review_fallback_id": self._person("deputy_manager").id,
            "order_execution": True,
            "execution_user_id": self._person("order_management").id,
            "order_changes": True,
            "order_change_fallback_id": self._person("deputy_manager").id,
            "order_change_department_ids": [Command.set(departments.ids)],
            "order_closure": True,
            "order_closure_fallback_id": self._person("deputy_manager").id,
            "order_closure_accountant_id": self._person("finance").id,
            "delivery_release": True,
            "delivery_release_fallback_id": self._person("deputy_manager").id,
        }

    def _build_price_authority(self):
        """The supervisor signs 95-110 % of the price list, the next level 85-120 %."""
        flow = self.env["review.flow"].search(
            [("model", "=", "sale.order"), ("company_id", "=", self.env.company.id)]
        )
        steps = flow.step_ids.filtered(lambda step: not step.is_final).sorted(
            "sequence"
        )
        self.env["sale.price.authority"].create(
            [
                {"step_id": step.id, "percent_min": low, "percent_max": high}
                for step, (low, high) in zip(steps, ((95, 110), (85, 120)), strict=True)
            ]
        )

    # === CATALOGUE === #

    def _build_catalogue(self):
        categories = {
            name: self.env["product.category"].create({"name": name})
            for name in dict.fromkeys(item.category for item in ITEMS)
        }
        for item in ITEMS:
            product = self.env["product.product"].create(
                self._prepare_product(item, categories[item.category])
            )
            if item.stock:
                self._put_in_stock(product, item.stock)

    def _prepare_product(self, item, category):
        return {
            "name": item.name,
            "default_code": item.code,
            "categ_id": category.id,
            "type": "service" if item.stock is None else "consu",
            "is_storable": item.stock is not None,
            "list_price": item.price,
            "standard_price": item.cost,
            "invoice_policy": "order",
            # Sold from stock; what is off the standard is asked about all the same.
            "ask_feasibility": False,
            "taxes_id": [Command.clear()],
        }

    def _put_in_stock(self, product, quantity):
        warehouse = self.env["stock.warehouse"].search([], limit=1)
        self.env["stock.quant"].with_context(inventory_mode=True).create(
            {
                "product_id": product.id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
        ).action_apply_inventory()

    def _product(self, code):
        return self.env["product.product"].search(
            [("default_code", "=", code)], limit=1
        )

    # === CUSTOMERS === #

    def _build_customers(self):
        state = self.env.ref("base.state_cn_SD")
        partners = self.env["res.partner"].create(
            [
                {
                    "name": customer.name,
                    "ref": customer.key,
                    "is_company": True,
                    "street": customer.street,
                    "city": customer.city,
                    "vat": customer.vat,
                    "phone": f"0531-5550-{number:04d}",
                    "email": f"{customer.key}@example.com",
                    "payment_mode": "transfer",
                    "state_id": state.id,
                    "country_id": self.env.ref("base.cn").id,
                    "lang": "zh_CN",
                    "settlement_type": customer.settlement,
                    "user_id": self._person("salesperson").id,
                }
                for number, customer in enumerate(CUSTOMERS, 1)
            ]
        )
        for partner, customer in zip(partners, CUSTOMERS, strict=True):
            if customer.contract:
                self._build_contract(partner)

        self._build_portal_user()

    def _build_portal_user(self):
        """The customer's own login on the portal."""
        contact = self.env["res.partner"].create(
            {
                "name": "明光眼科采购部",
                "parent_id": self._partner("mingguang").id,
                "email": "customer@example.com",
                "lang": "zh_CN",
            }
        )
        self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": contact.name,
                "login": "customer",
                "password": "customer",
                "partner_id": contact.id,
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "group_ids": [Command.set([self.env.ref("base.group_portal").id])],
            }
        )

    def _build_contract(self, partner):
        """A framework contract of last year's January, numbered by administration."""
        today = fields.Date.today()
        start = today.replace(year=today.year - 1, month=1, day=1)
        clerk = self._person("administration")
        contract = (
            self.env["contract.document"]
            .with_user(clerk)
            .create(
                {
                    "name": f"{partner.name}经销合同",
                    "partner_id": partner.id,
                    "date_signed": start,
                    "date_start": start,
                    "date_end": start.replace(year=start.year + 3)
                    - datetime.timedelta(days=1),
                }
            )
        )
        contract.action_file()

    def _partner(self, key):
        return self.env["res.partner"].search([("ref", "=", key)], limit=1)
