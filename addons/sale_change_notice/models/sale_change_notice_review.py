from odoo import models

#: What a notice is between its approval and its end.
APPROVED_STATES = frozenset(("approved", "applied"))


class SaleChangeNotice(models.Model):
    """The way of a notice: who reviews which kind, and what follows."""

    _inherit = "sale.change.notice"

    _review_state_from = ("draft", "review")
    _review_state_to = ("approved", "applied")
    _review_fields = (
        "order_id",
        "kind",
        "is_technical",
        "affects_structure",
        "caused_by",
        "received_at",
        "reason",
        "new_commitment_date",
        "paper_mark",
    )
    _review_lines = {
        "line_ids": (
            "order_line_id",
            "is_removed",
            "old_quantity",
            "new_product_id",
            "new_quantity",
            "new_price_unit",
            "new_discount",
            "new_date",
        )
    }

    # === RULES === #

    def _review_check_change_delivery(self):
        """Rule: the delivery is reviewed again."""
        return {
            notice.id: self.env._("The change affects the delivery.")
            for notice in self
            if notice.kind in {"delivery", "structure"}
        }

    def _review_check_change_structure(self):
        """Rule: the order is reviewed again in full, as a non-standard order."""
        return {
            notice.id: self.env._("The change affects structure or main components.")
            for notice in self
            if notice.kind == "structure"
        }

    def _review_check_change_technical(self):
        """Rule: a technical change that touches structure, components or plan."""
        return {
            notice.id: self.env._("Technical change.")
            for notice in self
            if notice.is_technical
        }

    def _review_check_change_price(self):
        """Rule: goods become cheaper, or goods are added below the price list."""
        messages = {}
        for notice in self:
            names = [
                line.new_product_id.display_name
                for line in notice._get_changed_lines()
                if line._is_cheaper()
            ]
            if names:
                messages[notice.id] = self.env._("Lower price: %s", ", ".join(names))
        return messages

    # === ENGINE === #

    def _review_submit_blockers(self):
        """Refuse what is incomplete, filed too low or drafted on another order."""
        blockers = super()._review_submit_blockers()
        for notice in self:
            messages = notice._get_draft_refusals()
            if not messages:
                messages = notice._change_check()
            if messages:
                blockers.setdefault(notice.id, []).extend(messages)
        return blockers

    def _review_open(self):
        """Whoever submits has reacted."""
        self._react()
        return super()._review_open()

    def _review_engine_write(self, vals):
        """The state follows the review, into it and back."""
        result = super()._review_engine_write(vals)
        if vals.get("review_state") == "open":
            self.filtered(lambda n: n.state == "draft")._notice_write(
                {"state": "review"}
            )
        elif vals.get("review_state") == "none":
            self.filtered(lambda n: n.state == "review")._notice_write(
                {"state": "draft"}
            )
        return result

    def _review_follow_state(self, states):
        """Applying an approved notice leaves its review alone."""
        moved = self.filtered(
            lambda notice: not {notice.state, states[notice]} <= APPROVED_STATES
        )
        return super(SaleChangeNotice, moved)._review_follow_state(states)

    def _review_excluded_users(self):
        """Who sells the order does not review its change."""
        return super()._review_excluded_users() | self.order_id.user_id

    def _review_after_approved(self):
        """Apply it once the approval is stored; the production manager circulates."""
        result = super()._review_after_approved()
        for notice in self:
            notice._notice_write({"state": "approved"})
        self._deadline_start("change_circulation")
        self._apply_trigger()
        return result

    def _review_after_rejected(self):
        result = super()._review_after_rejected()
        self._notice_write({"state": "rejected"})
        return result

    def _review_get_confirmed_message(self):
        return self.env._("%s was approved: draft another to change more.", self.name)

    def _review_get_amount(self):
        """Return the size of the change in company currency."""
        self.ensure_one()
        return self.currency_id._convert(
            abs(self.amount_difference),
            self.company_id.currency_id,
            self.company_id,
            self.received_at.date(),
        )

    # === WHAT REVIEWERS SEE === #

    def _review_get_title(self):
        """Name the notice by its number, its order and its customer."""
        self.ensure_one()
        parts = self.name, self.order_id.name, self.partner_id.name
        return " · ".join(filter(None, parts))

    def _review_snapshot(self):
        """Freeze before and after, the reason and the papers."""
        labels = self._get_selection_texts()
        snapshot = {
            **super()._review_snapshot(),
            self.env._("Sales Order"): self.order_id.name,
            self.env._("Customer"): self.partner_id.display_name,
            self.env._("Kind"): labels["kind"],
            self.env._("Caused by"): labels["caused_by"],
            self.env._("Reason"): self.reason,
            self.env._("Changes"): self._get_change_texts(),
            self.env._("Customer's Papers"): self.paper_ids.mapped("name"),
        }
        if self.new_commitment_date:
            snapshot[self.env._("Delivery Date")] = self._get_date_text()
        return snapshot
