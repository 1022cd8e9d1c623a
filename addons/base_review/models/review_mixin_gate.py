from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools import NotFiniteError, canonical_json, fingerprint, read_values
from .review_mixin import ENGINE_FIELDS


class ReviewMixin(models.AbstractModel):
    """The gate: what is written on a document, and what it does to its review."""

    _inherit = "review.mixin"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._review_refuse_engine_fields(vals)
        # The initial values are explicit: a default_* key in the context is ignored.
        documents = super().create([{**vals, **ENGINE_FIELDS} for vals in vals_list])
        if self._review_is_live():
            documents.sudo()._review_check_gate()  # sudo: the gate sees every field
        return documents

    def write(self, vals):
        self._review_refuse_engine_fields(vals)
        watched = {self._review_state_field, *self._review_get_header_fields()}
        if not watched & vals.keys() or not self._review_is_live():
            return super().write(vals)
        # sudo: the gate compares every reviewed field, whatever the writer may read
        documents = self.sudo()
        states = {document: document._review_get_state() for document in documents}
        guarded = documents._review_get_guarded()
        before = guarded._review_get_header_values()
        result = super().write(vals)
        after = guarded._review_get_header_values()
        changed = guarded.filtered(
            lambda document: before[document.id] != after[document.id]
        )
        changed._review_apply_edit(states)
        documents._review_follow_state(states)
        return result

    def _review_refuse_engine_fields(self, vals):
        """Refuse the columns of the engine to everybody, sudo included."""
        forged = [
            name
            for name in vals.keys() & ENGINE_FIELDS.keys()
            if self or (vals[name] or False) != (ENGINE_FIELDS[name] or False)
        ]
        if forged:
            raise AccessError(
                self.env._(
                    "The review status (%s) changes only when the document is "
                    "submitted, approved, rejected or recalled.",
                    ", ".join(self._fields[name].string for name in sorted(forged)),
                )
            )

    def _review_engine_write(self, vals):
        """Write the columns of the engine; the guards above do not apply to it."""
        # sudo: reviewers need no right to write on the document
        return super(ReviewMixin, self.sudo()).write(vals)

    # === STATE === #

    def _review_is_live(self):
        """Return whether any document of the model may be under review (cached)."""
        return self.env["review.flow"]._is_live(self._name)

    def _review_get_company(self):
        """Return the company whose flow the single document follows."""
        return ("company_id" in self._fields and self.company_id) or self.env.company

    def _review_get_flow(self):
        """Return the active flow of the single document, empty when there is none."""
        return self.env["review.flow"]._get_flow(self._name, self._review_get_company())

    def _review_get_state(self):
        return self[self._review_state_field]

    def _review_is_required(self):
        """Return whether the single document needs an approved review (hook)."""
        self.ensure_one()
        return bool(self._review_get_flow())

    def _review_get_guarded(self):
        """Return the documents whose edits concern a review."""
        return self.filtered(
            lambda document: document.review_state in {"open", "approved"}
        )

    def _review_check_gate(self):
        """Raise for the documents that stand in a gated state without approval."""
        entered = self.filtered(
            lambda document: document._review_get_state() in self._review_state_to
        )
        blockers = entered._review_gate_blockers()
        if blockers:
            raise UserError("\n".join(blockers.values()))

    def _review_gate_blockers(self):
        """Return ``{id: message}`` for the documents that may not pass the gate now."""
        blockers = {}
        for document in self.sudo():  # sudo: the gate sees every reviewed field
            if document._review_is_required():
                message = document._review_get_gate_message()
                if message:
                    blockers[document.id] = message
        return blockers

    def _review_get_gate_message(self):
        """Return why the single document may not pass, or an empty text."""
        self.ensure_one()
        name, request, message = self.display_name, self.review_request_id, ""
        if self.review_state == "open":
            message = self.env._(
                "%(document)s is under review and waits for %(who)s.",
                document=name,
                who=self.review_waiting_on,
            )
        elif self.review_state == "rejected":
            message = self.env._(
                "%(document)s was rejected by %(who)s: %(reason)s. "
                "Correct it and submit it again.",
                document=name,
                who=request.closed_by.name,
                reason=request.close_reason,
            )
        elif self.review_state != "approved" or request.state != "approved":
            message = self.env._("%s needs a review: submit it first.", name)
        elif request.fingerprint != self._review_get_fingerprint():
            message = self.env._(
                "%s changed since it was approved: submit it again.", name
            )
        return message

    def _review_follow_state(self, states):
        """Check who entered the gated state, withdraw the review of who left."""
        moved = self.filtered(
            lambda document: document._review_get_state() != states[document]
        )
        entered = moved.filtered(
            lambda document: (
                document._review_get_state() in self._review_state_to
                and states[document] not in self._review_state_to
            )
        )
        entered._review_check_gate()
        entered.filtered(lambda d: d.review_state == "open")._review_supersede(
            self.env._("The flow was switched off before the review was complete.")
        )
        ended = moved._review_get_guarded().filtered(
            lambda document: (
                states[document] in self._review_state_to
                or document._review_get_state() not in self._review_state_from
            )
        )
        (ended - entered)._review_supersede(
            self.env._("The document left the state it was reviewed for.")
        )

    def _review_apply_edit(self, states=None):
        """React to a change of what was reviewed: refuse it or withdraw the review."""
        for document in self:
            flow = document.review_request_id.flow_id
            state = states[document] if states else document._review_get_state()
            name = document.display_name
            if state in self._review_state_to:
                if document.review_state == "open" or document._review_is_required():
                    raise UserError(document._review_get_confirmed_message())
                continue
            if document.review_state == "open" and flow.on_edit == "block":
                raise UserError(
                    self.env._(
                        "%s is under review and cannot change. Recall it first.", name
                    )
                )
            document._review_supersede(
                self.env._("%s changed what was submitted.", self.env.user.name)
            )

    def _review_get_confirmed_message(self):
        """Return why a commercial change after the gate is refused (hook)."""
        return self.env._(
            "%s was confirmed after its review: what was reviewed cannot change any "
            "more. Cancel it and submit it again.",
            self.display_name,
        )

    # === FINGERPRINT === #

    def _review_get_lines(self, field_name=None):
        """Return the reviewed lines of the documents, exempt ones left out."""
        lines = self[field_name or next(iter(self._review_lines))]
        return lines.filtered(lambda line: not line._review_line_is_exempt())

    def _review_get_header_fields(self):
        """Return the reviewed fields; another company means another flow."""
        company = ("company_id",) if "company_id" in self._fields else ()
        return *self._review_fields, *company

    def _review_get_header_values(self):
        """Return ``{id: canonical text}`` of the reviewed header fields."""
        names = self._review_get_header_fields()
        return {
            document.id: document._review_canonical(document, names)
            for document in self
        }

    def _review_get_fingerprint(self):
        """Return the SHA-256 of what the reviewers of the single document approve."""
        self.ensure_one()
        lines = [
            [field_name, self._review_canonical(line, names)]
            for field_name, names in self._review_lines.items()
            for line in self._review_get_lines(field_name)
        ]
        names = self._review_get_header_fields()
        return fingerprint(self._review_canonical(self, names), lines)

    def _review_canonical(self, record, names):
        """Return one text for the named fields of the document or one of its lines.

        :raise UserError: when a figure is not a number
        """
        try:
            return canonical_json(read_values(record, names))
        except NotFiniteError as error:
            raise UserError(
                self.env._(
                    "%s contains a figure that is not a number. Correct it first.",
                    self.display_name,
                )
            ) from error
