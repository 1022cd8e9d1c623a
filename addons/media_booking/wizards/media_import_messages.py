from odoo import models

from ..import_table import BOUNDS


class MediaImport(models.TransientModel):
    """The problems of a file in words: what is wrong and what to do."""

    _inherit = "media.import"

    def _get_problem_texts(self):
        return {
            **super()._get_problem_texts(),
            **self._get_file_texts(),
            **self._get_header_texts(),
            **self._get_date_texts(),
            **self._get_cell_texts(),
            **self._get_place_texts(),
            **self._get_record_texts(),
            **self._get_clash_texts(),
        }

    def _get_file_texts(self):
        """Return the sentences on files that cannot be read at all."""
        return {
            "empty": self.env._("The file is empty: choose the filled-in list."),
            "too_big": self.env._(
                "The file is too big: remove pictures, or split the list."
            ),
            "too_many_rows": self.env._(
                "The file has more than %(count)s rows: split the list.",
                count=BOUNDS.max_rows,
            ),
            "not_a_table": self.env._(
                "This is neither an .xlsx workbook nor a .csv file: save the list as"
                " one of them."
            ),
        }

    def _get_header_texts(self):
        """Return the sentences on the header."""
        return {
            "no_header": self.env._(
                "None of the first ten rows names a column that is known: use the"
                " column names that the window lists."
            ),
            "twice_column": self.env._(
                "The column “%(column)s” is there twice, or the header is merged over"
                " two columns: give each column a name of its own."
            ),
            "missing_column": self.env._("The header needs the columns: %(column)s."),
            "no_code": self.env._(
                "The list has no codes: add a column “code”, or enter a code prefix"
                " and the rows are numbered."
            ),
        }

    def _get_date_texts(self):
        """Return the sentences on dates and periods."""
        return {
            "date": self.env._(
                "“%(value)s” is no date: write it like 2026-10-01, one date a cell."
            ),
            "time_of_day": self.env._(
                "“%(value)s” has a time of day: enter the date only."
            ),
            "over": self.env._("The period ended on %(last)s: leave out what is over."),
        }

    def _get_cell_texts(self):
        """Return the sentences on other cells."""
        return {
            "no_value": self.env._("The cell is empty: fill it in."),
            "number": self.env._("“%(value)s” is no number: enter figures only."),
            "range": self.env._(
                "“%(value)s” does not lie between %(least)s and %(most)s: correct it."
            ),
            "truth": self.env._("“%(value)s” is neither yes nor no: enter one."),
            "word": self.env._("“%(value)s” is unknown: enter one of %(known)s."),
        }

    def _get_place_texts(self):
        """Return the sentences on positions."""
        return {
            "half_point": self.env._(
                "Only half of the position is there: enter latitude and longitude."
            ),
            "swapped": self.env._(
                "A latitude of %(value)s does not exist: latitude and longitude seem"
                " to be swapped."
            ),
            "datum": self.env._(
                "“%(value)s” is no known system of coordinates: enter WGS-84 or GCJ-02."
            ),
        }

    def _get_record_texts(self):
        """Return the sentences on what the rows name."""
        return {
            "twice": self.env._(
                "“%(value)s” is already in line %(other)s: delete one of the two."
            ),
            "site_twice": self.env._(
                "Line %(other)s says something else about site “%(value)s”: make the"
                " two alike."
            ),
            "no_face": self.env._(
                "There is no face “%(value)s”: correct the code, or import the faces"
                " first."
            ),
            "no_site": self.env._(
                "There is no site “%(value)s”: correct the code, or import the faces"
                " first."
            ),
            "unknown": self.env._(
                "“%(value)s” is not known: correct the name, or create it first."
            ),
            "several": self.env._(
                "%(count)s are called “%(value)s”: give them different names first."
            ),
        }

    def _get_clash_texts(self):
        """Return the sentences on bookings in the way."""
        return {
            "clash_line": self.env._(
                "Line %(other)s books the face for the same days: delete one of them or"
                " correct the dates."
            ),
            "clash": self.env._(
                "%(other)s (%(customer)s) stands there already: correct the dates, or"
                " end that booking first."
            ),
        }

    def _get_summary(self, plans, problems, state):
        """Return one sentence on the whole file."""
        if problems:
            return self._get_wrong_summary(problems)
        results = [plan.result for plan in plans]
        figures = {name: results.count(name) for name in ("new", "changed", "there")}
        if state == "done":
            return self.env._(
                "%(new)s entered, %(changed)s changed, %(there)s were already there.",
                **figures,
            )
        return self.env._(
            "%(new)s to enter, %(changed)s to change, %(there)s already there. Nothing"
            " has been entered yet.",
            **figures,
        )
