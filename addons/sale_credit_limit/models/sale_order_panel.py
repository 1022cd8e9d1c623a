from odoo import api, fields, models
from odoo.exceptions import AccessError

CERTIFY_ACTIVITY = "account_credit_limit.mail_activity_certify"


class SaleOrder(models.Model):
    """The figures a salesperson sees beside the order, and the items behind them."""

    _inherit = "sale.order"

    credit_visible = fields.Boolean(compute="_compute_credit_visible")
    credit_limit_amount = fields.Monetary(
        string="Credit limit",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_receivable = fields.Monetary(
        string="Receivable balance",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_overdue = fields.Monetary(
        string="Overdue",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_overdue_days = fields.Integer(
        string="Oldest overdue (days)", compute="_compute_credit_panel", aggregator=None
    )
    credit_draft_invoices = fields.Monetary(
        string="Unapproved invoices",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_unconfirmed = fields.Monetary(
        string="Receipts not confirmed",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_open_orders = fields.Monetary(
        string="Unexecuted orders",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_this_order = fields.Monetary(
        string="This order",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_exposure = fields.Monetary(
        string="Used with this order",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_available = fields.Monetary(
        string="Available",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_excess = fields.Monetary(
        string="Excess",
        compute="_compute_credit_panel",
        currency_field="credit_currency_id",
    )
    credit_bar = fields.Html(compute="_compute_credit_panel", sanitize=False)
    credit_certification = fields.Selection(
        selection=[
            ("missing", "To Certify"),
            ("valid", "Certified"),
            ("expired", "Expired"),
        ],
        string="Certification",
        compute="_compute_credit_certification",
    )
    credit_certified_until = fields.Datetime(compute="_compute_credit_certification")

    # === COMPUTE METHODS === #

    @api.depends("user_id", "company_id", "partner_invoice_id")
    @api.depends_context("uid")
    def _compute_credit_visible(self):
        member = self.env.user.has_group("account_credit_limit.group_credit_user")
        for order in self:
            order.credit_visible = bool(
                order.company_id.credit_control
                and order.partner_invoice_id
                and (member or order.user_id == self.env.user)
            )

    @api.depends("partner_invoice_id", "company_id", "amount_total", "state")
    @api.depends_context("uid", "lang")
    def _compute_credit_panel(self):
        panels = self._get_credit_panels()
        for order in self:
            for name, value in (panels.get(order) or order._get_empty_panel()).items():
                order[name] = value

    @api.depends("partner_invoice_id", "company_id")
    @api.depends_context("uid")
    def _compute_credit_certification(self):
        # sudo: the salesperson sees the certification of his order's customer
        accounts = (
            self.env["credit.account"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self._get_credit_partner().ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        by_key = {(a.company_id, a.partner_id): a for a in accounts}
        for order in self:
            key = (order.company_id, order._get_credit_partner())
            account = order.credit_visible and by_key.get(key)
            order.credit_certification = (
                account.certification_state if account else "missing"
            )
            order.credit_certified_until = account and account.certified_until

    def _get_credit_panels(self):
        """Return ``{order: values}`` for the orders whose panel the user may see."""
        accounts = self.env["credit.account"]
        panels = {}
        shown = self.filtered("credit_visible")
        for company, orders in shown.grouped("company_id").items():
            customers = orders.partner_invoice_id.commercial_partner_id._origin
            figures = accounts._get_figures(customers, company)
            for order in orders:
                customer = order._get_credit_partner()._origin.id
                panels[order] = order._prepare_credit_panel(figures[customer])
        return panels

    def _prepare_credit_panel(self, figures):
        """Return the values of the panel from the figures of the customer."""
        confirmed = self.state == "sale"
        this_order = self.credit_open if confirmed else self._get_credit_amounts()[0]
        others = dict(figures)
        if confirmed:
            others["open_orders"] = max(0.0, figures["open_orders"] - this_order)
            others["exposure"] = figures["exposure"] - this_order
        exposure = others["exposure"] + this_order
        limited = figures["policy"] == "limit"
        room = figures["limit"] - exposure if limited else 0.0
        return {
            "credit_limit_amount": figures["limit"],
            "credit_receivable": figures["receivable"],
            "credit_overdue": figures["overdue"],
            "credit_overdue_days": figures["max_overdue_days"],
            "credit_draft_invoices": figures["draft_invoices"],
            "credit_unconfirmed": figures["unconfirmed_receipts"],
            "credit_open_orders": others["open_orders"],
            "credit_this_order": this_order,
            "credit_exposure": exposure,
            "credit_available": max(0.0, room),
            "credit_excess": max(0.0, -room),
            "credit_bar": self.env["credit.account"]._get_credit_bar(
                others, this_order
            ),
        }

    def _get_empty_panel(self):
        panel_fields = [
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_credit_panel"
        ]
        return dict.fromkeys(panel_fields, False)

    def _compute_partner_credit_warning(self):
        """Warn with our figures where the control is on."""
        controlled = self.filtered("company_id.credit_control")
        super(SaleOrder, self - controlled)._compute_partner_credit_warning()
        controlled.partner_credit_warning = ""
        drafts = controlled.filtered(lambda order: order.state in ("draft", "sent"))
        for company, orders in drafts.grouped("company_id").items():
            customers = orders.partner_invoice_id._origin
            figures = self.env["credit.account"]._get_figures(customers, company)
            for order in orders.filtered("partner_invoice_id"):
                customer = order.partner_invoice_id
                order.partner_credit_warning = self.env[
                    "account.move"
                ]._get_credit_warning(
                    customer,
                    company,
                    figures[customer._origin.id],
                    order._get_credit_amounts()[0],
                )

    # === ACTION METHODS === #

    def action_ask_certification(self):
        """Ask the accountant to certify the credit data of the customer."""
        for order in self:
            order._check_credit_visible()
            account = self.env["credit.account"]._ensure(
                order._get_credit_partner(), order.company_id
            )
            account._ask(CERTIFY_ACTIVITY, order._get_credit_certifier(account))
        return True

    @api.readonly
    def action_credit_receivable(self):
        """Open the items of the receivable balance."""
        return self._open_credit_items("action_credit_receivable")

    @api.readonly
    def action_credit_overdue(self):
        """Open the overdue items."""
        return self._open_credit_items("action_credit_overdue")

    @api.readonly
    def action_credit_draft_invoices(self):
        """Open the draft invoices."""
        return self._open_credit_items("action_credit_draft_invoices")

    @api.readonly
    def action_credit_open_orders(self):
        """Open the other confirmed orders."""
        return self._open_credit_items("action_credit_open_orders")

    @api.readonly
    def action_credit_history(self):
        """Open the history of the limit."""
        return self._open_credit_items("action_credit_history")

    def _get_credit_certifier(self, account):
        """Return the user asked to certify ``account`` because of this order."""
        return account._get_certifier()

    def _open_credit_items(self, name):
        """Return the customer's action; reading the items needs their own rights."""
        self._check_credit_visible()
        # sudo: the salesperson may look into the figures of his order's customer
        customer = self.sudo().with_company(self.company_id)._get_credit_partner()
        return getattr(customer, name)()

    def _check_credit_visible(self):
        self.ensure_one()
        self.check_access("read")
        if not self.credit_visible:
            raise AccessError(self.env._("You are not allowed to see credit figures."))
