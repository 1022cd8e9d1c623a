from odoo import models


class ProductionInstruction(models.Model):
    _inherit = "production.instruction"

    def _after_stage(self):
        """The progress that the order desk shows is the stage of the instruction."""
        result = super()._after_stage()
        order = self.sudo().order_id  # sudo: production reads no orders
        if order._is_from_desk() and order.follow_stage != self.stage:
            order._intake_write({"follow_stage": self.stage})
            order.with_user(self.env.user).sudo()._intake_log(
                "follow", self.name, event=self.stage
            )
        return result
