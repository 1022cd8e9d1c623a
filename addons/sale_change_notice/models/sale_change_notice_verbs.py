from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base_review.tools import check_records, clean_text

DESK = "sale_change_notice.group_change_desk"
PRODUCTION = "sale_change_notice.group_change_production"
SUPPLEMENT_STATES = [
    ("undecided", "Not Decided"),
    ("unneeded", "Not Needed"),
    ("needed", "To Be Signed"),
    ("signed", "Signed"),
]


class SaleChangeNotice(models.Model):
    """What people record on a notice: each with person, time and words."""

    _inherit = "sale.change.notice"

    contacted_on = fields.Datetime(readonly=True, copy=False)
    contacted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    contact_note = fields.Text(
        string="Customer's Answer", readonly=True, copy=False, tracking=True
    )
    supplement_state = fields.Selection(
        SUPPLEMENT_STATES,
        string="Supplementary Contract",
        default="undecided",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    supplement_note = fields.Text(readonly=True, copy=False)
    rereview_note = fields.Text(
        string="Full Review Because", readonly=True, copy=False, tracking=True
    )

    # === REACTION === #

    def _start_reaction(self):
        """Start the clock of the reaction to what a customer asked for."""
        asked = self.filtered(lambda notice: notice.caused_by == "customer")
        for notice in asked:
            notice._deadline_start(notice._get_reaction_code(), notice.received_at)

    def _get_reaction_code(self):
        return "change_reaction_technical" if self.is_technical else "change_reaction"

    def _react(self):
        """Store when the company reacted, once."""
        fresh = self.filtered(lambda notice: not notice.reacted_at)
        fresh._notice_write({"reacted_at": fields.Datetime.now()})
        for code in ("change_reaction", "change_reaction_technical"):
            fresh._deadline_stop(code)

    def action_react(self):
        """Record that the customer was answered and the change is worked on."""
        notices = check_records(self)
        notices.check_access("write")
        notices._react()
        return True

    # === RECORDS === #

    def change_contact(self, note):
        """Record what the customer said about the new delivery.

        :param str note: whom one spoke to, and the answer
        """
        notice = self._check_verb(("draft", "review", "approved"))
        notice._react()
        notice._notice_write(
            {
                "contacted_on": fields.Datetime.now(),
                "contacted_by_id": self.env.uid,
                "contact_note": notice._check_note(note),
            }
        )
        notice._apply_again()
        return True

    def change_supplement(self, decision, note):
        """Record whether a supplementary contract is needed, or that it is signed.

        :param str decision: unneeded, needed or signed
        :param str note: why, or number and date of the contract
        """
        notice = self._check_verb(("review", "approved"), DESK)
        if decision not in dict(SUPPLEMENT_STATES[1:]):
            raise UserError(self.env._("Choose whether a contract is needed."))
        if notice.supplement_state == "signed":
            raise UserError(
                self.env._("The supplementary contract is signed: it stays.")
            )
        note = notice._check_note(note)
        notice._notice_write({"supplement_state": decision, "supplement_note": note})
        notice._apply_again()
        return True

    def change_rereview(self, note):
        """Ask for a full review as a non-standard order; the notice starts again.

        :param str note: why the technical change needs it
        """
        notice = self._check_verb(("review",), DESK)
        note = notice._check_note(note)
        full = notice.sudo()  # sudo: evidence is written by the engine only
        full._review_withdraw("superseded", note)
        full._notice_write({"kind": "structure", "rereview_note": note})
        full.message_post(
            body=self.env._("A full review as a non-standard order is needed: %s", note)
        )
        requester = full.review_request_id.requester_id
        full.with_user(requester).sudo().review_submit()  # sudo: as above
        return True

    def change_file(self):
        """File a technical change without effect: the customer's paper is kept."""
        notice = self._check_verb(("draft",))
        refusals = [notice._get_paper_refusal()]
        if not notice._is_filing_only():
            refusals.append(
                self.env._("%s affects the order: submit it for review.", notice.name)
            )
        elif notice._get_changed_lines() or notice.new_commitment_date:
            refusals.append(
                self.env._(
                    "%s changes the order, so it has an effect: submit it for review.",
                    notice.name,
                )
            )
        refusals = list(filter(None, refusals))
        if refusals:
            raise UserError("\n".join(refusals))
        notice._react()
        notice._notice_write({"state": "filed"})
        notice._tell_group(PRODUCTION, self.env._("Technical change filed."))
        return True

    # === ENDS === #

    def action_cancel(self):
        """Withdraw notices that were not applied."""
        notices = check_records(self)
        notices.check_access("write")
        notices._lock()
        for notice in notices:
            if notice.state in {"applied", "filed", "cancelled"}:
                raise UserError(
                    self.env._("%s is closed: it stays as it is.", notice.name)
                )
        notices._notice_write({"state": "cancelled", "apply_error": False})
        notices._deadline_stop(cancelled=True)

    def action_reset(self):
        """Correct a rejected notice."""
        notice = self._check_verb(("rejected",))
        notice._notice_write({"state": "draft"})

    def action_refresh(self):
        """Draft on what the order says now."""
        notice = self._check_verb(("draft",))
        # sudo: what was frozen is hidden from people
        notice.sudo().line_ids._freeze_old()
        notice.sudo()._compute_old_commitment_date()
        notice._freeze_base()
        return True

    # === GUARDS === #

    def _check_verb(self, states, group="sales_team.group_sale_salesman"):
        """Return the single notice, if the user may act on it in its state."""
        notice = check_records(self, single=True)
        notice.check_access("read")
        if group == DESK:
            if not (self.env.su or self.env.user.has_group(DESK)):
                raise AccessError(self.env._("Order management decides this."))
        else:
            notice.check_access("write")
        notice._lock()
        if notice.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(notice)s is '%(state)s': this is not possible now.",
                    notice=notice.name,
                    state=labels[notice.state],
                )
            )
        return notice

    def _check_note(self, note):
        note = clean_text(note)
        if not note:
            raise UserError(self.env._("%s: write it down first.", self.name))
        return note[:4000]

    def _tell_group(self, group, text):
        """Tell the members of a group who may read the single notice."""
        users = self.env.ref(group).sudo().all_user_ids  # sudo: whoever acts
        users = users.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        self.sudo().message_post(  # sudo: designers tell, too
            body=text, partner_ids=users.partner_id.ids, subtype_xmlid="mail.mt_note"
        )

    @api.readonly
    def change_preview(self):
        """Return what keeps the notice from being applied now, as a list of texts."""
        notice = check_records(self, single=True)
        notice.check_access("read")
        return notice.sudo()._change_check()  # sudo: the check reads the deliveries
