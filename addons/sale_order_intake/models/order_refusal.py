from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.base_review.tools import check_records

REFUSAL_GROUP = "sale_order_intake.group_order_refusal"
REFUSAL_ACTIVITY = "sale_order_intake.mail_activity_type_refusal"


class OrderRefusal(models.Model):
    """不接订单: asked by sales, decided by the general manager or a deputy."""

    _name = "order.refusal"
    _description = "Refusal of an Order"
    _inherit = ["evidence.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "order_name"
    _mail_post_access = "read"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_name = fields.Char(string="Order Number", required=True, readonly=True)
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_total = fields.Monetary(string="Total", readonly=True)
    kind = fields.Selection(
        [
            ("date", "Customer cannot postpone"),
            ("capacity", "No capacity"),
            ("material", "Material not to be had"),
            ("technical", "Technically not feasible"),
            ("terms", "Price or terms"),
            ("risk", "Risk order"),
            ("other", "Other"),
        ],
        string="Reason",
        required=True,
        readonly=True,
    )
    reason = fields.Text(string="Why", required=True, readonly=True)
    feasibility_text = fields.Text(string="Opinions", readonly=True)
    asked_by_id = fields.Many2one("res.users", readonly=True)
    asked_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [
            ("asked", "To Decide"),
            ("refused", "Order Not Accepted"),
            ("declined", "Order Is Accepted"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="asked",
        index=True,
        tracking=True,
    )
    decision = fields.Text(string="Words of the Decision", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _asked_uniq = models.UniqueIndex(
        "(order_id) WHERE state = 'asked'",
        "The management is asked about this order already. Reload it.",
    )
    _decided_check = models.Constraint(
        "CHECK(state NOT IN ('refused', 'declined') OR (decided_by_id IS NOT NULL"
        " AND decided_on IS NOT NULL AND COALESCE(decision, '') <> ''))",
        "A decision says who took it, when and why.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for refusal in self:
            refusal.can_decide = refusal.state == "asked" and not (
                refusal._get_decider_refusal()
            )

    # === CRUD METHODS === #

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "A refusal is asked for on the order and decided by the management; nobody "
            "edits it."
        )

    @api.model
    def _append(self, vals_list):
        self.flush_model(["state"])  # the last one closes before the next opens
        return super()._append(vals_list)

    # === VERBS === #

    def refusal_decide(self, refuse, reason):
        """Decide whether the order is refused; the customer reads the reason.

        :param bool refuse: False: the order is accepted all the same
        """
        refusal = check_records(self, single=True)
        refusal.check_access("read")
        if not isinstance(refuse, bool):
            raise UserError(self.env._("Say whether the order is refused or not."))
        message = refusal._get_decider_refusal()
        if message:
            raise AccessError(message)
        refusal = refusal.sudo()  # sudo: the management need not write orders
        reason = refusal.order_id._intake_text(
            reason, self.env._("Reason of the decision")
        )
        refusal._lock()
        refusal._complete(
            {
                "state": "refused" if refuse else "declined",
                "decision": reason,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        refusal.activity_feedback([REFUSAL_ACTIVITY], feedback=reason)
        refusal.order_id._follow_refusal(refusal)
        return True

    def action_refuse(self):
        """Ask for the reason that the customer is told."""
        return self._get_note_action("decide")

    def action_decline(self):
        """Ask why the order is accepted all the same."""
        return self._get_note_action("decline")

    def _get_note_action(self, verb):
        check_records(self, single=True).check_access("read")
        notes = self.env["order.feasibility.note"]
        return {
            "type": "ir.actions.act_window",
            "name": notes._get_title(verb),
            "res_model": notes._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_refusal_id": self.id, "default_verb": verb},
        }

    # === GUARDS === #

    def _get_decider_refusal(self):
        """Return why the user may not decide the single refusal, or an empty text.

        Nobody's sudo counts: the person is asked, not the rights of the call.
        """
        if not self.env.user.has_group(REFUSAL_GROUP):
            return self.env._(
                "Only the general manager or a deputy decides that an order is not "
                "accepted."
            )
        if self.asked_by_id == self.env.user:
            return self.env._("You asked for it yourself: somebody else decides.")
        return ""

    def _lock(self):
        """Take the refusal for this transaction; who comes second is retried."""
        self.flush_recordset()
        taken = self.env.execute_query(
            SQL(
                "UPDATE order_refusal SET state = state WHERE id = %s"
                " AND state = 'asked' RETURNING id",
                self.id,
            )
        )
        if not taken:
            raise UserError(
                self.env._("%s was decided by somebody else. Reload.", self.order_name)
            )

    def _ask_deciders(self):
        """Give those who may decide the single refusal an activity."""
        deciders = self._get_deciders()
        if not deciders:
            raise UserError(
                self.env._(
                    "Nobody of %s may refuse an order: give the general manager the "
                    "group for it.",
                    self.company_id.name,
                )
            )
        for user in deciders:
            self.activity_schedule(
                REFUSAL_ACTIVITY,
                user_id=user.id,
                summary=self.env._("Decide whether the order is accepted"),
                note=self.reason,
            )

    def _get_deciders(self):
        """Return who of the company may decide the single refusal."""
        # sudo: names of colleagues
        members = self.env.ref(REFUSAL_GROUP).sudo().all_user_ids
        return members.filtered(
            lambda user: (
                user.active
                and not user.share
                and self.company_id in user.company_ids
                and user != self.asked_by_id
            )
        )

    def _void(self):
        """Close refusals that were asked for an order that is gone."""
        for refusal in self:
            refusal._complete({"state": "void"})
            refusal.sudo().activity_unlink([REFUSAL_ACTIVITY])  # sudo: colleagues'
