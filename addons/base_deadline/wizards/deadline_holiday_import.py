from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from ..holiday_file import HolidayError, read_table
from ..holiday_rows import parse_rows

TEMPLATE = "/base_deadline/static/xlsx/holidays_template%s.xlsx"


class DeadlineHolidayImport(models.TransientModel):
    """Enters the public holidays and make-up workdays of a year from a file.

    The file is read anew at every step and nothing is entered unless all of it fits;
    what is already there stays as it is.
    """

    _name = "deadline.holiday.import"
    _description = "Import of Holidays"
    _inherit = ["table.import"]

    calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Working Schedule",
        check_company=True,
        help="Leave empty for all working schedules of the company.",
    )
    line_ids = fields.One2many(
        comodel_name="deadline.holiday.import.line",
        inverse_name="wizard_id",
        readonly=True,
    )

    # === ACTION METHODS === #

    def action_import(self):
        """Enter the holidays and make-up workdays that are not there yet.

        A file with anything to correct enters nothing and is shown like in a test.
        """
        self._check_rights()
        self._lock()
        found = self._read_file("done")
        if self.state == "done":
            self._enter([entry for entry, result, _text in found if result == "new"])
        return self._reopen()

    @api.model
    def action_template(self):
        """Download a workbook to fill in, in the language of the user."""
        chinese = (self.env.lang or "").startswith("zh")
        return {
            "type": "ir.actions.act_url",
            "url": TEMPLATE % ("_zh_CN" if chinese else ""),
            "target": "download",
        }

    # === BUSINESS METHODS === #

    def _check_rights(self):
        """Raise unless the user may import for the company of the wizard."""
        self.ensure_one()
        self.check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "Switch to the company %s to import its holidays.",
                    self.company_id.sudo().name,  # the name of what is refused
                )
            )

    def _lock(self):
        """Let imports of one company wait for each other: the second sees the first."""
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                self.company_id.id,
            )
        )

    def _read_file(self, state):
        """Read and compare the file, fill the lines and set the state.

        :return: ``(entry, result, text)`` for each entry
        """
        try:
            entries, problems = parse_rows(read_table(self._get_content()))
        except HolidayError as problem:
            entries, problems = [], [problem]
        found, clashes = self._compare(entries)
        problems = sorted([*problems, *clashes], key=lambda problem: problem.line)
        wrong_lines = {problem.line for problem in problems}
        lines = [
            *(self._prepare_problem(problem) for problem in problems),
            *(
                self._prepare_line(*row)
                for row in found
                if row[0].line not in wrong_lines
            ),
        ]
        self.write(
            {
                "state": "wrong" if problems else state,
                "summary": self._get_summary(found, problems, state),
                "line_ids": [Command.clear(), *map(Command.create, lines)],
            }
        )
        return found

    def _prepare_line(self, entry, result, text):
        return {
            "line": entry.line,
            "kind": entry.kind,
            "date_from": entry.date_from,
            "date_to": entry.date_to,
            "name": entry.name,
            "hours": entry.hours,
            "result": result,
            "text": text,
        }

    def _get_title(self):
        return self.env._("Import Year's Holidays")
