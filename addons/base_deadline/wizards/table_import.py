import base64
import binascii
from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date

from ..table_file import TableError


class TableImport(models.AbstractModel):
    """A window that enters the rows of a workbook or text file, all of them or none.

    The file is read anew at every step: a test writes nothing.  A model brings
    `_check_rights`, `_read_file`, ``line_ids`` and the sentences on its own problems.
    """

    _name = "table.import"
    _description = "Import of a Table"
    _check_company_auto = True

    file = fields.Binary(attachment=False)
    filename = fields.Char(string="File Name")
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        selection=[
            ("draft", "New"),
            ("wrong", "To Correct"),
            ("tested", "Tested"),
            ("done", "Imported"),
        ],
        default="draft",
        readonly=True,
    )
    summary = fields.Text(readonly=True)

    # === ACTION METHODS === #

    def action_test(self):
        """Show what the file would enter and what is to be corrected."""
        self._check_rights()
        self._read_file("tested")
        return self._reopen()

    @api.model
    def action_finish(self):
        """Close the import and show the list behind it anew."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === BUSINESS METHODS === #

    def _get_content(self):
        """Return the bytes of the file.

        :raise TableError: when what was sent is no file
        """
        data = self.with_context(bin_size=False).file or b""
        try:
            return base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            raise TableError("broken") from None

    def _prepare_problem(self, problem):
        """Return the row of the window on one problem."""
        return {
            "line": problem.line,
            "column": problem.column,
            "result": "wrong",
            "text": self._get_problem_text(problem),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self._get_title(),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    # === MESSAGES === #

    def _get_problem_text(self, problem):
        """Return a sentence on one problem: what is wrong and what to do."""
        details = {
            key: format_date(self.env, value) if isinstance(value, date) else value
            for key, value in problem.details.items()
        }
        return self._get_problem_texts()[problem.code] % {
            "column": problem.column,
            **details,
        }

    def _get_wrong_summary(self, problems):
        """Return one sentence on a file with problems."""
        return self.env._(
            "%(file)s: %(count)s to correct. Nothing has been entered.",
            file=self.filename or self.env._("The file"),
            count=len(problems),
        )

    # === HOOKS === #

    def _get_title(self):
        """Return the title of the window."""
        return self._description

    def _get_problem_texts(self):
        """Return the sentences by code; a model adds its own."""
        return {
            "old_excel": self.env._(
                "The workbook is of an old format or has a password: save it as "
                ".xlsx without a password."
            ),
            "broken": self.env._(
                "The file is damaged and cannot be read: open and save it again."
            ),
            "encoding": self.env._(
                "The characters of the file cannot be read: save it as .csv (UTF-8 or "
                "GBK) or as .xlsx."
            ),
            "no_rows": self.env._("There is nothing below the header: add rows."),
            "formula": self.env._("The cell holds a formula: paste its value instead."),
            "no_year": self.env._("“%(value)s” has no year: write it like 2026-10-01."),
            "year": self.env._(
                "“%(value)s” lies outside the years 2000 to 2100: correct the date."
            ),
            "ends_before": self.env._(
                "The period ends on %(last)s, before it starts on %(first)s: correct "
                "one of them."
            ),
        }
