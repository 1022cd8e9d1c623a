from odoo import api, models
from odoo.exceptions import AccessError, UserError

ADMINISTRATION = "contract_register.group_contract_administration"
#: What a contract starts as, whatever the caller's context proposes.
INITIAL = {"state": "draft"}


class ContractDocument(models.Model):
    """The rules of the register, enforced where every way of writing passes."""

    _inherit = "contract.document"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected_vals(vals)
        # Explicit values, so that a default_* key in the context is ignored.
        initial = {**dict.fromkeys(self._get_protected_fields(), False), **INITIAL}
        initial.pop("commercial_partner_id")  # follows the customer
        return super().create(
            [{"number": False, **vals, **initial} for vals in vals_list]
        )

    def write(self, vals):
        self._check_protected_vals(vals)
        self._check_frozen_vals(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        filed = self.filtered(lambda contract: contract.state in ("filed", "closed"))
        if filed:
            raise UserError(
                self.env._(
                    "Contract %s is filed and stays in the register. Close it instead.",
                    filed[0].display_name,
                )
            )

    # === CHECKS === #

    @api.model
    def _get_protected_fields(self):
        """Return the fields that only transitions write."""
        return {
            "state",
            "commercial_partner_id",
            "filed_by_id",
            "filed_on",
            "closed_by_id",
            "closed_on",
        }

    @api.model
    def _get_frozen_fields(self):
        """Return the fields that do not change once a contract is filed."""
        return {
            "name",
            "number",
            "kind",
            "company_id",
            "currency_id",
            "partner_id",
            "date_signed",
            "date_start",
            "date_end",
            "amount",
            "scan",
            "scan_filename",
        }

    @api.model
    def _check_administration(self):
        """Raise unless the user belongs to administration, whatever the rights."""
        if not self.env.user.has_group(ADMINISTRATION):
            raise AccessError(
                self.env._("Only administration numbers, files and closes contracts.")
            )

    @api.model
    def _check_protected_vals(self, vals):
        """Refuse a state or a filing that is written instead of performed."""
        protected = self._get_protected_fields() & vals.keys()
        if protected == {"state"} and vals["state"] == "draft" and not self:
            protected = set()
        if protected:
            raise UserError(
                self.env._(
                    "The status of a contract follows its filing. Use File, Close or "
                    "Cancel instead of writing %s.",
                    ", ".join(sorted(protected)),
                )
            )
        if vals.get("number"):
            self._check_administration()

    def _check_frozen_vals(self, vals):
        """Refuse to change what was filed; closing needs administration."""
        filed = self.filtered(lambda contract: contract.state != "draft")
        if not filed:
            return
        frozen = self._get_frozen_fields() & vals.keys()
        if frozen:
            raise UserError(
                self.env._(
                    "Contract %(name)s is no longer a draft: %(fields)s cannot change. "
                    "Close it and file a new contract.",
                    name=filed[0].display_name,
                    fields=", ".join(sorted(frozen)),
                )
            )
        if "close_reason" in vals:
            self._check_close_reason(filed)

    @api.model
    def _check_close_reason(self, contracts):
        self._check_administration()
        closed = contracts.filtered(lambda contract: contract.state != "filed")
        if closed:
            raise UserError(
                self.env._("Contract %s is already closed.", closed[0].display_name)
            )

    def _check_can_file(self):
        """Raise unless the draft holds what the register needs."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(
                self.env._("Contract %s is not a draft.", self.display_name)
            )
        if not (self.date_signed and self.date_start):
            raise UserError(
                self.env._(
                    "Enter the signing date and the start of the performance period of "
                    "contract %s before filing it.",
                    self.display_name,
                )
            )
