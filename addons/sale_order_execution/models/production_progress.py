from odoo import api, fields, models
from odoo.exceptions import UserError

from .order_execution_document import CLERK, PRODUCTION, check_one


class ProductionProgress(models.Model):
    """The progress log: rows are added; a problem is open until it is solved."""

    _name = "production.progress"
    _description = "Production Progress"
    _inherit = ["evidence.mixin"]
    _order = "id desc"
    _rec_name = "note"

    instruction_id = fields.Many2one(
        "production.instruction", required=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="instruction_id.order_id", store=True)
    company_id = fields.Many2one(related="instruction_id.company_id", store=True)
    date = fields.Date(required=True)
    product_id = fields.Many2one("product.product")
    quantity = fields.Float(string="Quantity Done", digits="Product Unit")
    note = fields.Text()
    problem = fields.Boolean()
    problem_state = fields.Selection([("open", "Open"), ("solved", "Solved")])
    solution = fields.Text()
    solved_on = fields.Datetime()
    solved_by_id = fields.Many2one("res.users")
    user_id = fields.Many2one("res.users", string="Logged By")
    logged_on = fields.Datetime(required=True, default=fields.Datetime.now)

    _problem_idx = models.Index("(instruction_id) WHERE problem_state = 'open'")

    @api.model
    def _get_evidence_refusal(self):
        return self.env._(
            "The progress log is evidence: log what is different now with 'Log "
            "Progress' on the instruction."
        )

    def solve(self, solution):
        """Note how the problem was solved."""
        check_one(self)
        instruction = self.instruction_id
        instruction._check_verb(("issued", "acknowledged", "closed"), CLERK, PRODUCTION)
        solution = instruction._clean(solution, self.env._("Solution"))
        if self.problem_state != "open":
            raise UserError(self.env._("This problem is solved already."))
        self._complete(
            {
                "problem_state": "solved",
                "solution": solution,
                "solved_on": fields.Datetime.now(),
                "solved_by_id": self.env.uid,
            }
        )
        return True

    def action_solve(self):
        """Ask how the problem was solved."""
        check_one(self)
        return self.instruction_id._ask("solve", progress_id=self.id)
