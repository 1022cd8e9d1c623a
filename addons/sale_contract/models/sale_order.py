from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    contract_id = fields.Many2one(
        "contract.document",
        string="Framework Contract",
        compute="_compute_contract_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', 'framework'), ('is_valid', '=', True),"
        " ('partner_id', 'child_of', partner_commercial_id)]",
        help="Proposed from the contracts of the customer that are in force.",
    )
    partner_commercial_id = fields.Many2one(related="partner_id.commercial_partner_id")
    contract_missing = fields.Boolean(
        string="No Framework Contract", compute="_compute_contract_missing"
    )

    @api.depends("partner_id", "company_id")
    def _compute_contract_id(self):
        """Propose the customer's contract; an order that is sold keeps its own."""
        open_orders = self.filtered(lambda order: order.state in {"draft", "sent"})
        found = open_orders._find_framework_contracts()
        for order in open_orders:
            order.contract_id = found.get(order, False)
        for order in self - open_orders:
            order.contract_id = order.contract_id

    @api.depends("contract_id", "partner_id", "company_id", "date_order")
    def _compute_contract_missing(self):
        missing = self._filter_contract_missing()
        missing.contract_missing = True
        (self - missing).contract_missing = False

    @api.constrains("contract_id", "partner_id")
    def _check_contract_id(self):
        for order in self.filtered("contract_id"):
            # sudo: the salesperson need not read the register to obey it.
            contract = order.contract_id.sudo()
            if contract.commercial_partner_id != order.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "Contract %(contract)s of order %(order)s belongs to another "
                        "customer. Choose a contract of this customer.",
                        contract=contract.display_name,
                        order=order.name,
                    )
                )

    def _review_open(self):
        """Propose the contract once more where none was in force before."""
        self.filtered(lambda order: not order.contract_id)._compute_contract_id()
        return super()._review_open()

    def _review_check_no_contract(self):
        """Return ``{order id: message}`` for customers without a contract in force."""
        return {
            order.id: self.env._("No framework contract in force")
            for order in self._filter_contract_missing()
        }

    def _filter_contract_missing(self):
        """Return the orders that should run under a contract in force and do not."""
        subject = self.filtered(
            lambda order: order.partner_id and not order._is_contract_exempt()
        )
        return subject - self.browse(
            order.id for order in subject._find_framework_contracts()
        )

    def _is_contract_exempt(self):
        """Tell whether a category of the customer needs no framework contract."""
        self.ensure_one()
        return any(self._get_price_partner_categories().mapped("contract_exempt"))

    def _find_framework_contracts(self):
        """Return ``{order: contract}``, one query for each company and day."""
        found = {}
        groups = self.grouped(
            lambda order: (order.company_id, order._get_contract_day())
        )
        for (company, day), orders in groups.items():
            contracts = self.env["contract.document"]._find_valid_framework(
                orders.partner_id, company, day
            )
            for order in orders:
                contract = contracts.get(order.partner_id.commercial_partner_id.id)
                if contract:
                    found[order] = contract
        return found

    def _get_contract_day(self):
        """Return the day on which the contract must be in force: today."""
        return fields.Date.context_today(self)
