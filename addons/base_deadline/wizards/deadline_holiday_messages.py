from odoo import models


class DeadlineHolidayImport(models.TransientModel):
    """The problems of a file in words: what is wrong and what to do."""

    _inherit = "deadline.holiday.import"

    def _get_problem_texts(self):
        return {
            **super()._get_problem_texts(),
            **self._get_file_texts(),
            **self._get_date_texts(),
            **self._get_cell_texts(),
            **self._get_clash_texts(),
        }

    def _get_file_texts(self):
        """Return the sentences on files that cannot be read at all."""
        return {
            "empty": self.env._("The file is empty: choose the filled-in template."),
            "too_big": self.env._(
                "The file is too big for a list of holidays: keep one year and remove "
                "pictures."
            ),
            "too_many_rows": self.env._(
                "The file has more than 500 rows: keep one year in it."
            ),
            "not_a_table": self.env._(
                "This is neither an .xlsx workbook nor a .csv file: use the template."
            ),
        }

    def _get_date_texts(self):
        """Return the sentences on dates and periods."""
        return {
            "no_date": self.env._("The date is missing: enter it or delete the row."),
            "date": self.env._(
                "“%(value)s” is no date: write it like 2026-10-01; a period needs two "
                "columns, from and to."
            ),
            "time_of_day": self.env._(
                "“%(value)s” has a time of day: holidays are whole days, enter the "
                "date only."
            ),
            "too_long": self.env._(
                "The period from %(first)s to %(last)s is longer than 31 days: correct "
                "it or split the row."
            ),
        }

    def _get_cell_texts(self):
        """Return the sentences on the header and the other cells."""
        return {
            **self._get_header_texts(),
            "no_kind": self.env._("The kind is missing: enter holiday or workday."),
            "kind": self.env._(
                "“%(value)s” is no kind: enter holiday for a day off or workday for a "
                "make-up workday."
            ),
            "no_name": self.env._("The name of the holiday is missing: enter it."),
            "only_workday": self.env._(
                "A holiday is a whole day off: leave this cell empty."
            ),
            "hours": self.env._(
                "“%(value)s” is not between 0 and 24 hours: enter a number or leave "
                "the cell empty for the whole day."
            ),
            "weekday": self.env._(
                "“%(value)s” is no weekday: enter one like Monday, or leave the cell "
                "empty."
            ),
        }

    def _get_header_texts(self):
        return {
            "unknown_column": self.env._(
                "The column “%(column)s” is unknown: use the header of the template."
            ),
            "twice_column": self.env._(
                "The column “%(column)s” is there twice: keep one."
            ),
            "missing_column": self.env._(
                "The header needs the columns date and kind: use the template."
            ),
        }

    def _get_clash_texts(self):
        """Return the sentences on days that are told twice or differently."""
        return {
            "twice": self.env._(
                "%(day)s is already in line %(other)s: delete one of the two."
            ),
            "overlap": self.env._(
                "%(day)s already belongs to the holiday “%(name)s” of another period: "
                "change that holiday, or correct the row."
            ),
            "is_workday": self.env._(
                "%(day)s is already a make-up workday: delete that first, or correct "
                "the row."
            ),
            "is_holiday": self.env._(
                "%(day)s already belongs to the holiday “%(name)s”: change that "
                "holiday first, or correct the row."
            ),
            "other_workday": self.env._(
                "%(day)s is already a make-up workday with other hours: change it "
                "there, or correct the row."
            ),
        }

    def _get_summary(self, found, problems, state):
        """Return one sentence on the whole file."""
        if problems:
            return self._get_wrong_summary(problems)
        results = [result for _entry, result, _text in found]
        figures = {"new": results.count("new"), "there": results.count("there")}
        if state == "done":
            return self.env._(
                "%(new)s entered, %(there)s were already there.", **figures
            )
        return self.env._(
            "%(new)s to enter, %(there)s already there. Nothing has been entered yet.",
            **figures,
        )
