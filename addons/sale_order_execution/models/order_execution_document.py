import math

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACTIVITY_TYPE = "sale_order_execution.mail_activity_type_execution"
CLERK = "sale_order_execution.group_execution_clerk"
PRODUCTION = "sale_order_execution.group_execution_production"
GENERAL_MANAGER = "sale_order_execution.group_execution_general_manager"
MAX_TEXT = 4000
#: No quantity reaches it.
TOO_LARGE = 1e12


def is_figure(value):
    """Tell whether a value is a number that a paper can show."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < TOO_LARGE
    )


def check_one(records):
    """Return the single record of a remote call, which its caller may read.

    :raise UserError: for none and for several
    """
    if len(records) != 1:
        raise UserError(records.env._("Choose one document at a time."))
    records.check_access("read")
    return records


class OrderExecutionDocument(models.AbstractModel):
    """A numbered document whose state only its own verbs change.

    The host model has ``name``, ``state`` (``draft`` first) and ``company_id``.
    """

    _name = "order.execution.document"
    _description = "Document of Order Execution"
    _inherit = ["mail.thread", "mail.activity.mixin", "deadline.mixin"]
    _mail_post_access = "read"

    #: Kept by the verbs, see ``_engine_write``; as on a new document.
    _engine_fields = {"name": False, "state": "draft"}
    #: Entered by people, as long as the document is a draft.
    _content_fields = frozenset()
    #: Code of the sequence that numbers the documents.
    _sequence_code = None
    #: Field of the user who writes the document, whoever is entered.
    _author_field = None

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        rows = []
        for vals in vals_list:
            self._check_engine_vals(vals)
            # Explicit values, so that a default_* key in the context is ignored.
            author = {self._author_field: self.env.uid} if self._author_field else {}
            name = {"name": self._next_name(vals)}
            rows.append({**vals, **self._engine_fields, **author, **name})
        return super().create(rows)

    def write(self, vals):
        self._check_engine_vals(vals)
        if self._content_fields & vals.keys():
            self._check_content()
        return super().write(vals)

    def _check_content(self):
        """Refuse to change what a document says after its draft, or of others."""
        for document in self:
            if document.state != "draft":
                raise UserError(
                    self.env._(
                        "%s is no draft any more: what it says stays as it is.",
                        document.display_name,
                    )
                )
            if self._author_field:
                document._check_author()

    def _is_author(self):
        """Tell whether the user speaks for the author of the single document."""
        user = self.env.user
        author = self[self._author_field]
        return self.env.su or user == author or user.has_group(CLERK)

    def _check_author(self):
        if not self._is_author():
            raise AccessError(
                self.env._(
                    "%(document)s: only %(user)s does this.",
                    document=self.display_name,
                    user=self[self._author_field].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        for document in self.filtered(lambda document: document.state != "draft"):
            raise UserError(
                self.env._(
                    "%s is evidence and cannot be deleted.", document.display_name
                )
            )

    def _engine_write(self, vals):
        """Write what only the verbs write; the guards above do not apply to it."""
        # sudo: who may act on a document need not be allowed to write it
        return super(OrderExecutionDocument, self.sudo()).write(vals)

    @api.model
    def _next_name(self, vals):
        company_id = vals.get("company_id") or self.env.company.id
        # sudo: nobody reads sequences
        sequences = self.env["ir.sequence"].sudo().with_company(company_id)
        return sequences.next_by_code(self._sequence_code)

    @api.model
    def _check_engine_vals(self, vals):
        forged = sorted(
            name
            for name in self._engine_fields.keys() & vals.keys()
            if self or (vals[name] and vals[name] != self._engine_fields[name])
        )
        if self and self._author_field in vals:
            forged.append(self._author_field)
        if forged:
            raise AccessError(
                self.env._(
                    "%s: kept by the actions of the document. Use its buttons.",
                    ", ".join(self._fields[name].string for name in forged),
                )
            )

    # === GUARDS OF THE VERBS === #

    def _check_verb(self, states, *groups):
        """Check that the user may act on the single document as it is now.

        :param states: in which the verb is possible
        :param groups: one of which the user must have; none: whoever reads it
        """
        check_one(self)
        if groups and not self.env.su:
            user = self.env.user
            if not any(user.has_group(group) for group in groups):
                names = [self.env.ref(group).sudo().full_name for group in groups]
                raise AccessError(
                    self.env._(
                        "%(document)s: only %(groups)s may do this.",
                        document=self.display_name,
                        groups=", ".join(names),
                    )
                )
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(document)s is %(state)s: this is not possible any more, or not "
                    "yet.",
                    document=self.display_name,
                    state=labels[self.state],
                )
            )

    @api.model
    def _clean(self, text, what):
        """Return a compulsory text without blanks around, or refuse."""
        if not isinstance(text, str) or not text.strip():
            raise UserError(self.env._("%s: write it down first.", what))
        return text.replace("\x00", "").strip()[:MAX_TEXT]

    @api.model
    def _clean_note(self, text):
        """Return a text that may be left out, or refuse what is none."""
        return self._clean(text, self.env._("Note")) if text else False

    def _move(self, state, **vals):
        """Bring the single document into a state, unless somebody else was faster."""
        self._engine_write({"state": state, **vals})
        # Whoever decided is done, and so are the others who were asked.
        self.sudo().activity_unlink([ACTIVITY_TYPE])  # sudo: activities of others

    def _ask(self, verb, **values):
        """Open the dialog that asks for the words of a verb."""
        check_one(self)
        return self.env["order.execution.note"]._open(self, verb, values)

    # === PEOPLE === #

    def _get_group_users(self, group):
        """Return the active users of a group in the company of the document."""
        # sudo: users see few other users
        users = self.env.ref(group).sudo().all_user_ids
        company = self.company_id or self.env.company
        return users.filtered(lambda user: user.active and company in user.company_ids)

    def _tell(self, users, summary, note=False, act=True):
        """Tell these users by a message and, if they are to act, an activity each."""
        self.ensure_one()
        # sudo: told in the name of the user, whoever may post here
        document = self.sudo()
        readers = users.filtered(lambda user: self.with_user(user).has_access("read"))
        document.message_post(
            body="\n".join(filter(None, (summary, note))),
            partner_ids=(readers - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        # The message has told them by mail, the activity need not repeat it.
        quiet = document.with_context(mail_activity_quick_update=True)
        for user in readers if act else ():
            quiet.activity_schedule(
                ACTIVITY_TYPE, summary=summary, note=note or False, user_id=user.id
            )

    def _tell_customer(self, order, text):
        """Post a message that the customer of an order receives and reads."""
        # sudo: told in the name of the company, whoever causes it
        order.sudo().message_post(
            body=text,
            partner_ids=order.sudo().partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _print(self, report):
        self.check_access("read")
        return self.env.ref(f"sale_order_execution.{report}").report_action(self)

    def _now(self):
        return fields.Datetime.now()

    @api.model
    def _get_tz(self, company):
        """Return the timezone in which the days of a company begin."""
        # sudo: few people read working schedules
        return timezone(company.sudo().resource_calendar_id.tz or str(self.env.tz))

    @api.model
    def _get_day(self, moment, company):
        """Return the day of a moment where the company works."""
        return moment and utc.localize(moment).astimezone(self._get_tz(company)).date()
