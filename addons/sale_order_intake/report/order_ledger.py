from odoo import fields, models
from odoo.tools import SQL

from ..models.order_feasibility_clock import CONFIRM_LIMIT


class OrderLedger(models.Model):
    """销售台账: one row per order, from its source to delivery and payment."""

    _name = "order.ledger"
    _description = "Sales Ledger"
    _auto = False
    _order = "received_on desc, id desc"
    _depends = {
        "sale.order": [
            "amount_total",
            "commitment_date",
            "company_id",
            "create_date",
            "currency_rate",
            "customer_confirmed_on",
            "delivery_status",
            "effective_on",
            "feasibility_state",
            "intake_channel_id",
            "intake_responsible_id",
            "intake_stage",
            "name",
            "nonstandard_reason",
            "order_class",
            "partner_id",
            "risk_state",
            "state",
            "team_id",
            "user_id",
        ],
        "order.refusal": ["kind", "order_id", "state"],
        "deadline.clock": ["limit_id", "res_id", "res_model", "state", "stopped_at"],
        "stock.picking": ["date_done", "sale_id", "state"],
        "account.move": ["amount_residual", "amount_total", "move_type", "state"],
        "sale.order.line": ["invoice_lines", "order_id"],
    }

    order_id = fields.Many2one("sale.order", readonly=True)
    name = fields.Char(string="Number", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    responsible_id = fields.Many2one(
        "res.users", string="Responsible Person", readonly=True
    )
    channel_id = fields.Many2one("order.channel", string="Order Source", readonly=True)
    order_class = fields.Selection(selection="_selection_order_class", readonly=True)
    nonstandard_reason = fields.Selection(
        selection="_selection_nonstandard_reason", readonly=True
    )
    state = fields.Selection(selection="_selection_state", readonly=True)
    stage = fields.Selection(selection="_selection_intake_stage", readonly=True)
    risk_state = fields.Selection(
        selection="_selection_risk_state", string="Risk", readonly=True
    )
    feasibility_state = fields.Selection(
        selection="_selection_feasibility_state", string="Feasibility", readonly=True
    )
    refusal_kind = fields.Selection(
        selection="_selection_refusal_kind",
        string="Not Accepted Because",
        readonly=True,
    )
    received_on = fields.Datetime(readonly=True)
    confirmed_on = fields.Datetime(string="Confirmed by Customer", readonly=True)
    effective_on = fields.Datetime(readonly=True)
    promised_on = fields.Datetime(string="Promised Date", readonly=True)
    delivered_on = fields.Datetime(
        readonly=True, help="When the last delivery of a wholly delivered order left."
    )
    amount_total = fields.Monetary(string="Total", readonly=True)
    payment_state = fields.Selection(
        [
            ("none", "Not invoiced"),
            ("unpaid", "Not paid"),
            ("partial", "Partly paid"),
            ("paid", "Paid"),
        ],
        string="Payment Status",
        readonly=True,
        help="By the posted invoices of the order.",
    )
    confirm_state = fields.Selection(
        [("running", "Running"), ("met", "On time"), ("missed", "Late")],
        string="Confirmation",
        readonly=True,
        help="Whether the complete order was confirmed within the company's limit.",
    )
    promise_state = fields.Selection(
        [("kept", "Kept"), ("missed", "Missed")],
        string="Promise",
        readonly=True,
        help="Whether all goods left by the promised day.",
    )
    confirm_percent = fields.Float(
        string="Confirmed on Time (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )
    promise_percent = fields.Float(
        string="Promised Date Kept (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )

    def _selection_order_class(self):
        return self._get_labels("sale.order", "order_class")

    def _selection_nonstandard_reason(self):
        return self._get_labels("sale.order", "nonstandard_reason")

    def _selection_state(self):
        return self._get_labels("sale.order", "state")

    def _selection_intake_stage(self):
        return self._get_labels("sale.order", "intake_stage")

    def _selection_risk_state(self):
        return self._get_labels("sale.order", "risk_state")

    def _selection_feasibility_state(self):
        return self._get_labels("sale.order", "feasibility_state")

    def _selection_refusal_kind(self):
        return self._get_labels("order.refusal", "kind")

    def _get_labels(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    def action_open_order(self):
        """Open the order of the row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

    # === QUERY === #

    @property
    def _table_query(self):
        """Subqueries in the list of columns cost nothing where nobody reads them."""
        return SQL(
            """
            SELECT ledger.*,
                   CASE ledger.confirm_state WHEN 'met' THEN 100.0
                                             WHEN 'missed' THEN 0.0
                    END AS confirm_percent,
                   CASE ledger.promise_state WHEN 'kept' THEN 100.0
                                             WHEN 'missed' THEN 0.0
                    END AS promise_percent
              FROM (%s %s) ledger
            """,
            self._select(),
            self._from(),
        )

    def _select(self):
        return SQL(
            """
            SELECT so.id, so.id AS order_id, so.name, so.partner_id, so.company_id,
                   so.user_id, so.team_id, so.intake_responsible_id AS responsible_id,
                   so.intake_channel_id AS channel_id, so.order_class,
                   CASE WHEN so.order_class = 'nonstandard'
                        THEN so.nonstandard_reason END AS nonstandard_reason,
                   so.state, so.intake_stage AS stage, so.risk_state,
                   so.feasibility_state, refusal.kind AS refusal_kind,
                   so.create_date AS received_on,
                   so.customer_confirmed_on AS confirmed_on, so.effective_on,
                   so.commitment_date AS promised_on, %(delivered)s AS delivered_on,
                   so.amount_total / COALESCE(NULLIF(so.currency_rate, 0), 1)
                       AS amount_total,
                   %(payment)s AS payment_state, clock.state AS confirm_state,
                   %(promise)s AS promise_state
            """,
            delivered=self._get_delivered(),
            payment=self._get_payment(),
            promise=self._get_promise(),
        )

    def _get_delivered(self):
        """Return the SQL of when the last goods of the order left."""
        return SQL(
            """
            (SELECT MAX(p.date_done) FROM stock_picking p
              WHERE p.sale_id = so.id AND p.state = 'done'
                AND so.delivery_status = 'full')
            """
        )

    def _get_payment(self):
        """Return the SQL of what the posted invoices of the order say."""
        return SQL(
            """
            (SELECT CASE WHEN COUNT(*) = 0 THEN 'none'
                         WHEN SUM(m.amount_residual) = 0 THEN 'paid'
                         WHEN SUM(m.amount_residual) < SUM(m.amount_total)
                              THEN 'partial'
                         ELSE 'unpaid' END
               FROM account_move m
              WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
                AND m.id IN (
                    SELECT ml.move_id
                      FROM sale_order_line sol
                      JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sol.id
                      JOIN account_move_line ml ON ml.id = rel.invoice_line_id
                     WHERE sol.order_id = so.id))
            """
        )

    def _get_promise(self):
        """Return the SQL of whether the goods left by the promised day."""
        return SQL(
            """
            CASE WHEN so.state <> 'sale' OR so.commitment_date IS NULL
                      OR so.delivery_status IS NULL THEN NULL
                 WHEN %(delivered)s <= %(promised)s THEN 'kept'
                 WHEN so.delivery_status <> 'full' AND %(today)s <= %(promised)s
                      THEN NULL
                 ELSE 'missed' END
            """,
            delivered=self._get_day(self._get_delivered()),
            promised=self._get_day(SQL("so.commitment_date")),
            today=self._get_day(SQL("(NOW() AT TIME ZONE 'UTC')")),
        )

    def _get_day(self, moment):
        """Return the SQL of the day of a moment where the company works."""
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date",
            moment,
        )

    def _from(self):
        return SQL(
            """
              FROM sale_order so
              JOIN res_company company
                ON company.id = so.company_id AND company.order_intake
              LEFT JOIN resource_calendar calendar
                ON calendar.id = company.resource_calendar_id
              LEFT JOIN order_refusal refusal
                ON refusal.order_id = so.id AND refusal.state = 'refused'
              LEFT JOIN (
                   SELECT DISTINCT ON (c.res_id) c.res_id, c.state
                     FROM deadline_clock c
                     JOIN deadline_limit l ON l.id = c.limit_id
                    WHERE c.res_model = 'sale.order' AND l.code = %s
                      AND c.state <> 'cancelled'
                    ORDER BY c.res_id, c.id DESC
              ) clock ON clock.res_id = so.id
            """,
            CONFIRM_LIMIT,
        )
