from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import check_records


class FlowLayout(NamedTuple):
    """What a flow consists of, in ids: cached, so that documents need not search."""

    step_ids: tuple
    final_step_id: int
    rule_ids: tuple
    #: ``{step id: ids of the rules that add it}``
    step_rules: dict
    #: People copied when a review is approved.
    cc_user_ids: tuple = ()


class ReviewFlow(models.Model):
    _name = "review.flow"
    _description = "Review Flow"
    _inherit = ["review.setting"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=False,
        copy=False,
        help="Documents of the company need this review from the moment it is active.",
    )
    model_id = fields.Many2one(
        comodel_name="ir.model",
        string="Document",
        required=True,
        ondelete="cascade",
        domain=lambda self: [("model", "in", self._get_review_models())],
    )
    model = fields.Char(
        related="model_id.model", string="Document Model", store=True, index=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Empty: every company that has no flow of its own.",
    )
    on_edit = fields.Selection(
        selection=[
            ("supersede", "Withdraw the review"),
            ("block", "Refuse the change"),
        ],
        string="On a Change under Review",
        default="supersede",
        required=True,
        help="What happens when a reviewed field changes while the review is open.",
    )
    step_ids = fields.One2many(
        comodel_name="review.step", inverse_name="flow_id", string="Steps"
    )
    rule_ids = fields.One2many(
        comodel_name="review.rule", inverse_name="flow_id", string="Rules"
    )
    cc_user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="review_flow_cc_user_rel",
        column1="flow_id",
        column2="user_id",
        string="Copied on Approval",
        domain="[('share', '=', False)]",
        help="They may read the review when it is complete. They decide nothing.",
    )

    _active_uniq = models.UniqueIndex(
        "(model, COALESCE(company_id, 0)) WHERE active",
        "A company has one active review flow per kind of document. "
        "Archive the other one first.",
    )

    @api.constrains("model_id")
    def _check_model(self):
        for flow in self:
            if flow.model not in flow._get_review_models():
                raise ValidationError(
                    self.env._(
                        "%s cannot be reviewed: choose a document that supports it.",
                        flow.model_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        flows = super().create(vals_list)
        flows._add_final_step()
        return flows

    def write(self, vals):
        self._check_model_is_kept(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: requests of every reader count
        used = (
            self.env["review.request"]
            .sudo()
            .search([("flow_id", "in", self.ids)], limit=1)
        )
        if used:
            raise UserError(
                self.env._(
                    "%s has review records. Archive it instead.", used.flow_id.name
                )
            )

    def copy_data(self, default=None):
        """Copy the head of the flow, switched off: a copy is for another company."""
        named = "name" in (default or {})
        return [
            vals if named else {**vals, "name": self.env._("%s (copy)", flow.name)}
            for flow, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def action_toggle(self):
        """Switch the flow on or off."""
        check_records(self).check_access("write")
        for flow in self:
            flow.active = not flow.active

    def _check_model_is_kept(self, vals):
        if "model_id" in vals and any(
            flow.model_id.id != vals["model_id"] and flow.step_ids for flow in self
        ):
            raise UserError(
                self.env._("Create a new flow to review another kind of document.")
            )

    def _add_final_step(self):
        self.step_ids.browse().create(
            [
                {
                    "flow_id": flow.id,
                    "name": self.env._("Approved"),
                    "sequence": 9999,
                    "is_final": True,
                }
                for flow in self
                if not flow.step_ids.filtered("is_final")
            ]
        )

    # === CACHED LAYOUT === #

    @tools.ormcache("self.id")
    def _get_layout(self):
        flow = self.sudo()  # sudo: every document obeys the flow, whoever reads it
        final = flow.step_ids.filtered("is_final")
        return FlowLayout(
            step_ids=(flow.step_ids - final)._ids,
            final_step_id=final[:1].id,
            rule_ids=flow.rule_ids._ids,
            step_rules={step.id: set(step.rule_ids.ids) for step in flow.step_ids},
            cc_user_ids=flow.cc_user_ids._ids,
        )

    def _get_steps(self, with_final=False):
        """Return the active steps in their order."""
        layout = self._get_layout()
        ids = layout.step_ids + ((layout.final_step_id,) if with_final else ())
        return self.env["review.step"].browse(ids)

    def _get_final_step(self):
        return self.env["review.step"].browse(self._get_layout().final_step_id)

    def _get_rules(self):
        return self.env["review.rule"].browse(self._get_layout().rule_ids)

    # === LOOK-UPS === #

    @api.model
    def _get_review_models(self):
        """Return the names of the documents that can be reviewed."""
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and hasattr(model, "_review_state_field")
        ]

    @api.model
    def _get_document_model(self, name):
        """Return the reviewed model called ``name``.

        :raise UserError: when there is none; ``name`` may be anything.
        """
        if not isinstance(name, str) or name not in self._get_review_models():
            raise UserError(self.env._("This kind of document cannot be reviewed."))
        return self.env[name]

    @api.model
    def _get_flow(self, model, company):
        """Return the active flow of ``company``, its own before the common one."""
        # sudo: everybody's documents obey the flow, whoever may read it
        return self.sudo().browse(self._get_flow_id(model, company.id))

    @api.model
    @tools.ormcache("model", "company_id")
    def _get_flow_id(self, model, company_id):
        flows = self.sudo().search(
            [
                ("model", "=", model),
                ("active", "=", True),
                ("company_id", "in", [company_id, False]),
            ]
        )
        return (flows.filtered("company_id") or flows)[:1].id

    @api.model
    @tools.ormcache("model")
    def _is_live(self, model):
        """Return whether any document of ``model`` may be under review."""
        active = self.sudo().search_count(
            [("model", "=", model), ("active", "=", True)], limit=1
        )
        return bool(
            active
            or self.env["review.request"]
            .sudo()
            .search_count([("res_model", "=", model), ("state", "=", "open")], limit=1)
        )
