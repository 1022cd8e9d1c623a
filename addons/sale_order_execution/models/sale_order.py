from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .order_execution_document import CLERK, check_one

#: Changes of an order that its instruction follows.
FOLLOWED = {"state", "commitment_date"}
FOLLOW_KEY = "sale_order_execution.follow"
STAFF = "base.group_user"


class SaleOrder(models.Model):
    """From the confirmation to the delivery: instruction, progress, exceptions."""

    _inherit = "sale.order"

    order_execution = fields.Boolean(related="company_id.order_execution")
    instruction_ids = fields.One2many(
        "production.instruction", "order_id", readonly=True, groups=STAFF
    )
    progress_ids = fields.One2many(
        "production.progress",
        "order_id",
        string="Progress Log",
        readonly=True,
        groups=STAFF,
    )
    order_tracking_ids = fields.One2many(
        "order.tracking", "order_id", readonly=True, groups=STAFF
    )
    chase_ids = fields.One2many("order.chase", "order_id", readonly=True, groups=STAFF)
    department_contact_ids = fields.One2many(
        "department.contact", "order_id", readonly=True, groups=STAFF
    )
    escalation_ids = fields.One2many(
        "order.escalation", "order_id", readonly=True, groups=STAFF
    )
    execution_status = fields.Selection(
        [
            ("preparing", "In preparation"),
            ("production", "In production"),
            ("quality", "Being checked"),
            ("packing", "Being packed"),
            ("delivered", "Delivered"),
        ],
        compute="_compute_execution",
        compute_sudo=True,
        help="What the customer reads on the portal.",
    )
    execution_instruction_id = fields.Many2one(
        "production.instruction",
        string="Production Instruction",
        compute="_compute_execution",
        compute_sudo=True,
        groups=STAFF,
    )
    execution_percent = fields.Float(
        string="Done (%)", compute="_compute_execution", compute_sudo=True, groups=STAFF
    )

    @api.depends("instruction_ids.state", "instruction_ids.stage")
    def _compute_execution(self):
        instructions = self.env["production.instruction"].search(
            Domain("order_id", "in", self.ids) & Domain("state", "!=", "cancelled")
        )
        by_order = {instruction.order_id: instruction for instruction in instructions}
        status = {
            "production": "production",
            "quality": "quality",
            "ship": "packing",
        }
        for order in self:
            instruction = by_order.get(order._origin, instructions.browse())
            stage = instruction.stage
            order.execution_instruction_id = instruction
            order.execution_percent = instruction.percent_done
            order.execution_status = (
                "delivered"
                if instruction.state == "closed"
                else instruction and status.get(stage, "preparing")
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._execution_follow()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if FOLLOWED & vals.keys():
            self._execution_follow()
            self._instruction_follow_later()
        return result

    # === FOLLOW === #

    def _execution_orders(self):
        """Return the orders of companies that follow the execution."""
        return self.filtered(lambda order: order.company_id.order_execution)

    def _execution_follow(self):
        """Open the instruction of orders that start, drop that of cancelled ones."""
        orders = self._execution_orders()
        if not orders:
            return
        # sudo: whoever confirms need not read instructions
        known = orders.sudo()._get_instructions()
        stopped = known.filtered(
            lambda row: row.order_id.state != "sale" and row.state != "closed"
        )
        stopped._cancel(self.env._("The order was cancelled"))
        for order in orders - known.order_id.with_env(self.env):
            start = order.state == "sale" and order._execution_start()
            if start and order._get_produced_lines():
                order._create_instruction(start)

    def _get_instructions(self):
        """Return the instructions of these orders that were not cancelled."""
        return self.env["production.instruction"].search(
            Domain("order_id", "in", self.ids) & Domain("state", "!=", "cancelled")
        )

    def _create_instruction(self, start=None):
        """Open the instruction of the single order and start its clocks.

        :param datetime start: when the order became effective
        """
        self.ensure_one()
        # sudo: the order opens it, whoever confirmed
        order = self.sudo()
        instructions = order.env["production.instruction"]
        instruction = instructions.create(order._prepare_instruction())
        instruction._follow_lines()
        instruction.invalidate_recordset(["line_ids"])
        instruction._start_clocks(start)
        users = instruction._get_clerks()
        summary = self.env._("Issue the production instruction")
        instruction._tell(users, summary)
        return instruction

    def _instruction_follow(self, reason=False):
        """Bring the instructions in step with these orders; the change notices call it.

        An issued instruction is issued again, its old versions stay readable.

        :param str reason: why, for the people who read the versions
        """
        # sudo: whoever changes an order need not read its instruction
        self._execution_orders().sudo()._get_instructions()._follow_order(reason)

    def _instruction_follow_later(self):
        """Follow once at the end of the transaction, however many lines change."""
        orders = self._execution_orders()
        if not orders:
            return
        precommit = self.env.cr.precommit
        waiting = precommit.data.setdefault(FOLLOW_KEY, set())
        if not waiting:
            precommit.add(self.browse()._instruction_follow_waiting)
        waiting.update(orders.ids)

    def _instruction_follow_waiting(self):
        ids = self.env.cr.precommit.data.pop(FOLLOW_KEY, set())
        self.browse(sorted(ids)).exists()._instruction_follow()

    # === VERBS === #

    def action_create_instruction(self):
        """Open the instruction of an order that has none, and show it."""
        self._check_clerk()
        if self.state != "sale" or not self._execution_start():
            raise UserError(
                self.env._(
                    "%s is not effective yet: there is nothing to produce.",
                    self.display_name,
                )
            )
        if not self._get_produced_lines():
            raise UserError(
                self.env._("%s has no goods to produce.", self.display_name)
            )
        instruction = self._get_instructions() or self._create_instruction()
        return self._open_execution("production.instruction", instruction.ids)

    def action_create_chase(self):
        """Open a new chase sheet for the order."""
        self._check_clerk()
        return self._new_execution("order.chase")

    def action_create_contact(self):
        """Open a new contact sheet about the order."""
        check_one(self)
        return self._new_execution("department.contact")

    def action_create_escalation(self):
        """Open a new escalation about the order."""
        check_one(self)
        return self._new_execution("order.escalation")

    def action_open_instruction(self):
        """Show the instruction of the order."""
        check_one(self)
        return self._open_execution(
            "production.instruction", self.execution_instruction_id.ids
        )

    def _check_clerk(self):
        check_one(self)
        if not self.order_execution:
            raise UserError(
                self.env._(
                    "%s does not follow the execution of orders. Switch it on in the "
                    "settings.",
                    self.company_id.name,
                )
            )
        if not (self.env.su or self.env.user.has_group(CLERK)):
            raise UserError(self.env._("Only order management may do this."))

    def _new_execution(self, model):
        action = self._open_execution(model, [])
        return {**action, "context": {"default_order_id": self.id}}

    def _open_execution(self, model, ids):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": ids[0] if ids else False,
            "views": [(False, "form")],
        }

    # === HOOKS === #

    def _execution_start(self):
        """Return when the confirmed order became effective, False when not yet.

        Extend with ``super()`` where more than the confirmation is needed.
        """
        self.ensure_one()
        return self.date_order

    def _execution_date_blocker(self):
        """Return why a chase may only propose the promised date, False if it moves it.

        Extend with ``super()`` where the date is signed, reviewed or changed by notice.
        """
        self.ensure_one()
        if self.locked or "commitment_date" in getattr(self, "_review_fields", ()):
            return self.env._(
                "The order is locked: the promised date needs a change of the order."
            )
        return False

    def _execution_move_date(self, moment):
        """Move the promised date of the single order, with the rights of the user."""
        self.ensure_one()
        self.write({"commitment_date": moment})

    def _get_produced_lines(self):
        """Return the lines for which production has something to make."""
        self.ensure_one()
        return self.order_line.filtered(lambda line: line._is_produced())

    def _prepare_instruction(self):
        """Return the values of a new instruction; extend with ``super()``."""
        self.ensure_one()
        return {
            "order_id": self.id,
            "company_id": self.company_id.id,
            "user_id": self._get_merchandiser().id,
            "date_promised": self.commitment_date,
        }

    def _get_merchandiser(self):
        """Return who follows the single order, empty for all of order management."""
        return self.company_id.execution_user_id
