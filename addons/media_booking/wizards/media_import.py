from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.base_deadline.table_file import TableError

from ..import_cells import Cells
from ..import_table import read_table

#: The most rows that the wizard shows; what is to be corrected comes first.
SHOWN = 200


class Plan(NamedTuple):
    """What one row of a file would enter or change."""

    line: int
    result: str
    name: str
    values: dict
    record: Any = None
    text: str = ""


class MediaImport(models.TransientModel):
    """Enters faces, running bookings or permits from a workbook or a text file.

    The file is read anew at every step and nothing is entered unless all of it fits; a
    file that has been entered before writes nothing.
    """

    _name = "media.import"
    _description = "Import of Media"
    _inherit = ["table.import"]

    kind = fields.Selection(
        [
            ("face", "Faces"),
            ("booking", "Running bookings"),
            ("permit", "Permits"),
        ],
        string="What",
        required=True,
        default="face",
    )
    prefix = fields.Char(
        string="Code Prefix",
        help="For a list of faces without codes: they are numbered by their row.",
    )
    columns = fields.Char(compute="_compute_columns")
    line_ids = fields.One2many("media.import.line", "wizard_id", readonly=True)

    @api.depends("kind")
    def _compute_columns(self):
        """Name the columns that a file may have, the required ones with a star."""
        chinese = (self.env.lang or "").startswith("zh")
        for wizard in self:
            layout = wizard._get_layout()
            names = [
                labels[-1 if chinese else 0] + "*" * (column in layout.required)
                for column, labels in layout.columns.items()
            ]
            wizard.columns = ", ".join(names)

    # === ACTION METHODS === #

    def action_import(self):
        """Enter what the file holds and is not there yet, all of it or nothing."""
        self._check_rights()
        plans = self._read_file("done")
        if self.state == "done":
            todo = [plan for plan in plans if plan.result in ("new", "changed")]
            wizard = self.with_context(tracking_disable=True, mail_create_nolog=True)
            if todo:
                getattr(wizard, f"_enter_{self.kind}")(todo)
        return self._reopen()

    # === BUSINESS METHODS === #

    def _check_rights(self):
        """Raise unless the user may enter what the file holds."""
        self.ensure_one()
        self.check_access("write")
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("Choose a company that you are working in at the moment.")
            )
        user = self.env.user
        if not user.has_group(self._get_group()):
            raise AccessError(
                self.env._(
                    "Faces are imported by administrators of media booking, bookings"
                    " and permits by process control."
                )
            )

    def _get_group(self):
        """Return the group that may import this kind of list."""
        name = "manager" if self.kind == "face" else "control"
        return f"media_booking.group_media_{name}"

    def _read_file(self, state):
        """Read and compare the file, fill the lines and set the state."""
        self = self.with_company(self.company_id)  # noqa: PLW0642
        plans, problems, remarks = [], [], []
        try:
            table = read_table(self._get_content(), self._get_layout())
            remarks = self._get_remarks(table)
            rows = [(line, Cells(cells, table.epoch)) for line, cells in table.rows]
            plans, problems = getattr(self, f"_plan_{self.kind}")(rows)
            for problem in problems:
                problem.column = table.headers.get(problem.column, problem.column)
        except TableError as problem:
            problems = [problem]
        problems.sort(key=lambda problem: problem.line)
        self._show(plans, problems, remarks, state)
        return plans

    def _show(self, plans, problems, remarks, state):
        lines = [self._prepare_problem(problem) for problem in problems]
        lines += map(self._prepare_line, plans)
        summary = [self._get_summary(plans, problems, state), *remarks]
        self.write(
            {
                "state": "wrong" if problems else state,
                "summary": "\n".join(summary),
                "line_ids": [Command.clear(), *map(Command.create, lines[:SHOWN])],
            }
        )

    def _plan_rows(self, rows, read_row):
        """Return what ``read_row(line, cells)`` plans, and what it refuses."""
        plans, problems = [], []
        for line, cells in rows:
            try:
                plans.append(read_row(line, cells))
            except TableError as problem:
                problem.line = problem.line or line
                problems.append(problem)
        return plans, problems

    def _plan_values(self, line, name, values, record):
        """Return the plan of a row: new, already there, or other values than there."""
        if not record:
            return Plan(line, "new", name, values)
        changed = {
            field: value
            for field, value in values.items()
            if not self._is_same(record, field, value)
        }
        if not changed:
            return Plan(line, "there", name, {}, record)
        labels = [
            record._fields[field]._description_string(self.env) for field in changed
        ]
        return Plan(line, "changed", name, changed, record, ", ".join(labels))

    def _is_same(self, record, name, value):
        field = record._fields[name]
        there = record[name]
        if field.relational:
            return (
                (there.ids == value) if field.type == "many2many" else there.id == value
            )
        if field.type == "float":
            return round(there, 6) == round(value, 6)
        return (there or False) == (value or False)

    def _prepare_line(self, plan):
        return {
            "line": plan.line,
            "name": plan.name,
            "result": plan.result,
            "text": plan.text,
        }

    # === HOOKS === #

    def _get_title(self):
        return self.env._("Import Media")

    def _get_layout(self):
        """Return the columns of a file of this kind."""
        return getattr(self, f"_get_{self.kind or 'face'}_layout")()


class MediaImportLine(models.TransientModel):
    """What one row of the file would enter, or what is to be corrected there."""

    _name = "media.import.line"
    _description = "Row of an Import of Media"
    _order = "id"

    wizard_id = fields.Many2one(
        "media.import", required=True, ondelete="cascade", index=True
    )
    line = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    result = fields.Selection(
        [
            ("new", "New"),
            ("changed", "Changed"),
            ("there", "Already There"),
            ("wrong", "To Correct"),
        ],
        readonly=True,
    )
    text = fields.Text(string="Remark", readonly=True)
