from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .order_execution_document import check_one


class OrderEscalation(models.Model):
    """A problem that climbs the ladder, rung by rung, until somebody solves it."""

    _name = "order.escalation"
    _description = "Escalation"
    _inherit = ["order.execution.document"]
    _order = "id desc"
    _check_company_auto = True

    _sequence_code = "order.escalation"
    _author_field = "raised_by_id"
    _engine_fields = {
        "name": False,
        "state": "draft",
        "rung_id": False,
        "hop_count": 0,
        "asked_user_ids": False,
        "resolution": False,
        "resolved_on": False,
        "resolved_by_id": False,
    }
    _content_fields = frozenset(("subject", "order_id", "company_id", "outsourcing"))

    name = fields.Char(string="Number", readonly=True, copy=False)
    subject = fields.Char(required=True)
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    order_name = fields.Char(related="order_id.name", string="Order Number", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    outsourcing = fields.Boolean(
        help="About outsourcing: the group general manager is the last rung."
    )
    raised_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open"), ("resolved", "Resolved")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    rung_id = fields.Many2one(
        "order.escalation.rung", string="Now At", readonly=True, copy=False
    )
    hop_count = fields.Integer(readonly=True, copy=False, aggregator=None)
    hop_ids = fields.One2many("order.escalation.hop", "escalation_id", readonly=True)
    asked_user_ids = fields.Many2many(
        "res.users",
        "order_escalation_asked_rel",
        string="Asked So Far",
        readonly=True,
        copy=False,
        help="Everybody on the rungs that were asked so far.",
    )
    can_act = fields.Boolean(compute="_compute_can_act")
    resolution = fields.Text(readonly=True, copy=False)
    resolved_on = fields.Datetime(readonly=True, copy=False)
    resolved_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.depends("asked_user_ids", "raised_by_id")
    @api.depends_context("uid")
    def _compute_can_act(self):
        for escalation in self:
            asked = escalation.sudo().asked_user_ids  # sudo: colleagues
            escalation.can_act = self.env.user in asked or escalation._is_author()

    # === VERBS === #

    def raise_first(self, said):
        """Start on the lowest rung of the ladder."""
        self._check_verb(("draft",))
        self._check_raiser()
        self._climb(said)
        return True

    def raise_next(self, said, hop=None):
        """Ask the next rung; only those who were asked so far, or who raised it.

        :param int hop: how many hops the caller has seen; other than that is refused
        """
        self._check_verb(("open",))
        self._check_raiser()
        if hop is not None and hop != self.hop_count:
            raise UserError(
                self.env._(
                    "%s was raised further meanwhile: reload it.", self.display_name
                )
            )
        self._climb(said)
        return True

    def resolve(self, resolution):
        """Note how the problem was solved."""
        self._check_verb(("open",))
        self._check_raiser()
        resolution = self._clean(resolution, self.env._("Resolution"))
        self._move(
            "resolved",
            resolution=resolution,
            resolved_on=self._now(),
            resolved_by_id=self.env.uid,
        )
        summary = self.env._("Resolved: %s", self.subject)
        self._tell(self.raised_by_id, summary, resolution, act=False)
        return True

    def action_raise(self):
        """Ask what to say to the next rung."""
        check_one(self)
        return self._ask("raise", hop=self.hop_count)

    def action_resolve(self):
        """Ask how it was solved."""
        return self._ask("resolve")

    def _check_raiser(self):
        if not self.can_act:
            raise AccessError(
                self.env._(
                    "%s: only who raised it, and who was asked, may do this.",
                    self.display_name,
                )
            )

    # === STEPS === #

    def _climb(self, said):
        """Add the hops up to the next rung on which somebody stands."""
        said = self._clean(said, self.env._("What Is Said"))
        # Written before the ladder is read: of two at a time, one is told to wait.
        self._engine_write({"hop_count": self.hop_count + 1})
        self.flush_recordset(["hop_count"])
        hops, users, rung = self._find_next()
        if not users:
            raise UserError(
                self.env._(
                    "%s: nobody stands higher on the ladder. Resolve it, or give "
                    "somebody the next rung in the configuration.",
                    self.display_name,
                )
            )
        hops[-1]["said"] = said
        self.env["order.escalation.hop"]._append(hops)
        self._move(
            "open",
            rung_id=rung.id,
            asked_user_ids=[fields.Command.link(user.id) for user in users],
        )
        self._tell(users, self.env._("Escalated: %s", self.subject), said)

    def _find_next(self):
        """Return the values of the hops to the next manned rung, its people and it.

        A rung on which nobody stands, or nobody new, gets a hop that says so.
        """
        hops, users, rung = [], self.env["res.users"], self.rung_id
        number = self.hop_count - 1
        for rung in self._get_rungs_above():
            standing = rung._get_users(self.raised_by_id, self.company_id)
            users = standing - self.asked_user_ids - self.env.user
            number += 1
            hops.append(self._prepare_hop(rung, number, users, standing))
            if users:
                break
        return hops, users, rung

    def _get_rungs_above(self):
        """Return the rungs that were not asked yet, from below."""
        done = self.hop_ids.rung_id
        ladder = self.env["order.escalation.rung"]._get_ladder(self.company_id)
        reached = max((ladder.ids.index(row.id) for row in done & ladder), default=-1)
        return ladder[reached + 1 :].filtered(
            lambda rung: self.outsourcing or not rung.outsourcing_only
        )

    def _prepare_hop(self, rung, number, users, standing):
        vals = {
            "escalation_id": self.id,
            "number": number,
            "rung_id": rung.id,
            "rung_name": rung.name,
            "from_user_id": self.env.uid,
            "to_user_ids": [fields.Command.set(users.ids)],
        }
        if not users and standing:
            vals["said"] = self.env._("Asked already: the next rung is asked.")
        elif not users:
            vals["said"] = self.env._("Nobody stands on this rung: the next is asked.")
        return vals


class OrderEscalationHop(models.Model):
    """One hop: who told whom what, and when; rows are added, never changed."""

    _name = "order.escalation.hop"
    _description = "Escalation Hop"
    _inherit = ["evidence.mixin"]
    _order = "id"
    _rec_name = "rung_name"

    escalation_id = fields.Many2one(
        "order.escalation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="escalation_id.company_id", store=True)
    number = fields.Integer(required=True, aggregator=None)
    rung_id = fields.Many2one(
        "order.escalation.rung", required=True, ondelete="restrict"
    )
    rung_name = fields.Char(string="Asked Rung", required=True)
    from_user_id = fields.Many2one("res.users", string="From", required=True)
    to_user_ids = fields.Many2many("res.users", string="To")
    said = fields.Text()
    hopped_at = fields.Datetime(default=fields.Datetime.now, required=True)

    _rung_uniq = models.UniqueIndex(
        "(escalation_id, rung_id)", "This rung was asked meanwhile: reload."
    )

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The hops of an escalation are evidence: nobody changes them."
        )
