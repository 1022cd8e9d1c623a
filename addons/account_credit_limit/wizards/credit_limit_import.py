from odoo import fields, models
from odoo.exceptions import AccessError

from .xlsx_rows import RowError, read_rows


class CreditLimitImport(models.TransientModel):
    """Opening limits from a workbook: tested first, then written, twice is once."""

    _name = "credit.limit.import"
    _description = "Import Credit Limits"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    file = fields.Binary(string="Workbook (xlsx)", required=True, attachment=False)
    filename = fields.Char()
    is_tested = fields.Boolean()
    changed_count = fields.Integer(string="Customers changed", readonly=True)
    unchanged_count = fields.Integer(string="Customers unchanged", readonly=True)
    line_ids = fields.One2many(
        comodel_name="credit.limit.import.line",
        inverse_name="wizard_id",
        string="Rows set aside",
        readonly=True,
    )

    # === ACTION METHODS === #

    def action_test(self):
        """Say what the import would do, without writing a limit."""
        return self._run(write=False)

    def action_import(self):
        """Write the limits of the good rows and list the others."""
        return self._run(write=True)

    # === BUSINESS METHODS === #

    def _run(self, write):
        self.ensure_one()
        if not self.env.user.has_group("account_credit_limit.group_credit_certifier"):
            raise AccessError(self.env._("Only a unit accountant imports limits."))
        rows, errors = self._parse_rows()
        changed = 0
        for row in rows:
            changed += bool(self._import_row(row, write))
        self.write(
            {
                "is_tested": True,
                "changed_count": changed,
                "unchanged_count": len(rows) - changed,
                "line_ids": [
                    fields.Command.clear(),
                    *(fields.Command.create(error._asdict()) for error in errors),
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _parse_rows(self):
        """Return the rows that can be written and the errors of the others."""
        rows, errors = read_rows(self.env, self.file)
        customers = self._find_customers({row["customer"] for row in rows})
        good, seen = [], {}
        for row in rows:
            found = customers.get(row["customer"], self.env["res.partner"])
            error = self._get_customer_error(row, found, seen)
            if error:
                errors.append(error)
                continue
            seen[found] = row["row"]
            good.append({**row, "partner": found})
        return good, sorted(errors, key=lambda error: error.row)

    def _find_customers(self, keys):
        """Return ``{reference or name: customers}``; a reference wins over a name."""
        partners = self.env["res.partner"].search(
            [
                ("company_id", "in", (False, self.company_id.id)),
                "|",
                ("ref", "in", list(keys)),
                ("name", "in", list(keys)),
            ]
        )
        customers = partners.filtered(lambda p: p.commercial_partner_id == p)
        by_name = customers.filtered("name").grouped("name")
        by_reference = customers.filtered("ref").grouped("ref")
        return {**by_name, **by_reference}

    def _get_customer_error(self, row, found, seen):
        """Return why the customer of a row cannot be used, or None."""
        column = self.env._("Customer")
        if not found:
            message = self.env._("No customer has this reference or name.")
            remedy = self.env._("Write the reference or the exact name of a company.")
        elif len(found) > 1:
            message = self.env._("Several customers are called like this.")
            remedy = self.env._("Write the customer's reference.")
        elif found in seen:
            message = self.env._("Row %(row)s has the same customer.", row=seen[found])
            remedy = self.env._("Keep one row for each customer.")
        else:
            return None
        return RowError(row["row"], column, row["customer"], message, remedy)

    def _import_row(self, row, write):
        """Return whether the row changes something, and write it if asked to."""
        partner = row["partner"].with_company(self.company_id)
        account = self.env["credit.account"].search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", self.company_id.id),
            ]
        )
        vals = {
            name: value
            for name, value in row["vals"].items()
            if (account[name] or False) != (value or False)
            and not (name == "policy" and not account and value == "limit")
        }
        # sudo: a certifier need not be allowed to open the field
        before = partner.sudo().credit_limit
        new_limit = row["limit"] is not None and row["limit"] != before
        if write and new_limit:
            partner._set_credit_limit(row["limit"], "import", self.filename)
        if write and vals:
            self.env["credit.account"]._ensure(partner, self.company_id).write(vals)
        return new_limit or vals


class CreditLimitImportLine(models.TransientModel):
    _name = "credit.limit.import.line"
    _description = "Row Set Aside by the Credit Limit Import"
    _order = "row, id"

    wizard_id = fields.Many2one(
        comodel_name="credit.limit.import", required=True, ondelete="cascade"
    )
    row = fields.Integer(aggregator=None)
    column = fields.Char()
    value = fields.Char()
    message = fields.Char(string="Problem")
    remedy = fields.Char()
