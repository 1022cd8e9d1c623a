from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: Fields of an enquiry that only its steps write.
PROTECTED = {
    "name",
    "state",
    "asked_on",
    "due_at",
    "answered_on",
    "answered_by_id",
    "late_hours",
    "version",
}
#: What a salesperson asks: fixed once it is asked.
WANTED = {
    "company_id",
    "partner_id",
    "user_id",
    "date_from",
    "date_to",
    "budget",
    "note",
}
LINE_WANTED = {
    "enquiry_id",
    "face_id",
    "district_id",
    "format_id",
    "quantity",
    "date_from",
    "date_to",
}
#: What process control answers, while it is asked.
LINE_ANSWER = {
    "answer",
    "answer_face_id",
    "answer_from",
    "answer_to",
    "answer_note",
}
LINE_PROTECTED = {"list_price", "company_id"}
INITIAL = {"state": "draft", "name": "/"}


class MediaEnquiry(models.Model):
    """Who may write what of an enquiry, and when, whatever way it comes."""

    _inherit = "media.enquiry"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            forged = {
                key
                for key in (PROTECTED | {"valid_until"}) & vals.keys()
                if vals[key] and vals[key] != INITIAL.get(key)
            }
            self._refuse_protected(forged)
        # Explicit values, so that a default_* key in the context is ignored.
        fixed = {**dict.fromkeys(PROTECTED | {"valid_until"}, False), **INITIAL}
        enquiries = super().create(
            [{**vals, **fixed, "version": 0} for vals in vals_list]
        )
        enquiries._number()
        return enquiries

    def write(self, vals):
        self._refuse_protected(PROTECTED & vals.keys())
        asked = self.filtered(lambda enquiry: enquiry.state != "draft")
        if asked and WANTED & vals.keys():
            raise UserError(
                self.env._(
                    "Enquiry %s has been asked and no longer changes. Take it back to"
                    " draft with Ask Anew, then ask again.",
                    asked[0].name,
                )
            )
        if "valid_until" in vals:
            self._check_answering()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        asked = self.filtered(lambda enquiry: enquiry.state != "draft")
        if asked:
            raise UserError(
                self.env._(
                    "Enquiry %s has been asked and stays on record. Cancel it instead.",
                    asked[0].name,
                )
            )

    # === CHECKS === #

    @api.model
    def _refuse_protected(self, names):
        if names:
            raise UserError(
                self.env._(
                    "The status of an enquiry follows its steps. Use Ask, Answer, Hold"
                    " or Cancel instead of writing %s.",
                    ", ".join(sorted(names)),
                )
            )

    @api.model
    def _check_control(self):
        """Raise unless the user belongs to process control, whatever the rights."""
        if not self._is_control():
            raise AccessError(
                self.env._(
                    "Only process control answers media enquiries. Wait for its answer,"
                    " or ask anew."
                )
            )

    def _check_answering(self):
        """Raise unless process control is answering these enquiries."""
        self._check_control()
        for enquiry in self:
            enquiry._check_state(("asked",))

    def _check_state(self, states):
        """Raise unless the enquiry is in one of the states."""
        self.ensure_one()
        if self.state in states:
            return
        names = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "Enquiry %(name)s is %(state)s; this step needs it to be %(wanted)s."
                " Reload the page to see where it stands.",
                name=self.name,
                state=names[self.state],
                wanted=" / ".join(names[state] for state in states),
            )
        )


class MediaEnquiryLine(models.Model):
    """Who may write what of a line: the asker in draft, process control when asked."""

    _inherit = "media.enquiry.line"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            filled = {key for key, value in vals.items() if value}
            if filled & (LINE_ANSWER | LINE_PROTECTED):
                self.env["media.enquiry"]._check_control()
                raise UserError(
                    self.env._("Save the wanted faces first; answer them afterwards.")
                )
        # Explicit values, so that a default_* key in the context is ignored.
        fixed = dict.fromkeys(LINE_ANSWER | {"list_price"}, False)
        lines = super().create([{**vals, **fixed} for vals in vals_list])
        lines._check_wanting()
        return lines

    def write(self, vals):
        if LINE_PROTECTED & vals.keys():
            self.env["media.enquiry"]._refuse_protected(LINE_PROTECTED & vals.keys())
        if LINE_WANTED & vals.keys():
            self._check_wanting()
        if LINE_ANSWER & vals.keys():
            self.enquiry_id._check_answering()
        if "take" in vals:
            for enquiry in self.enquiry_id:
                enquiry._check_state(("draft", "asked", "answered"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_wanting()

    def _check_wanting(self):
        for enquiry in self.enquiry_id:
            enquiry._check_state(("draft",))
