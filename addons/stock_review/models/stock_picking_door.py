from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Where the cursor remembers the transfers that are leaving: no caller reaches it.
DEPARTING = "stock_review.departing"


class StockPicking(models.Model):
    """The hard door of transfers: every reason at once, whoever opens it."""

    _inherit = "stock.picking"

    def button_validate(self):
        """Refuse deliveries that may not leave, before any dialog."""
        self.filtered(lambda p: p.state != "done")._release_check_departure()
        return super().button_validate()

    def _release_check_departure(self):
        """Raise for the transfers whose goods may not go now.

        :raise UserError: naming each transfer with its reasons and remedies
        """
        self.sudo()._release_take_turn()  # sudo: a lock, not an edit
        reasons = self._release_get_departure_reasons()
        texts = [
            self.env._(
                "%(delivery)s cannot leave:\n%(reasons)s",
                delivery=picking.display_name,
                reasons="\n".join(f"- {text}" for _code, text in reasons[picking.id]),
            )
            for picking in self
            if reasons.get(picking.id)
        ]
        if texts:
            raise UserError("\n\n".join(texts))

    def _release_get_departure_reasons(self):
        """Return ``{id: [(code, message)]}`` of everything that stands against it."""
        # sudo: the gate compares every field, whatever the storekeeper may read
        leaving = self.sudo().filtered(lambda p: p.move_ids._filter_departures())
        if not leaving:
            return {}
        reasons = {}
        for found in (
            leaving._departure_blockers(),
            leaving._filter_release_needed()._release_blockers(),
        ):
            for picking_id, problems in found.items():
                reasons.setdefault(picking_id, []).extend(problems)
        return reasons

    # === LEAVING === #

    @api.model
    def _release_get_departing(self):
        """Return the ids of the transfers that passed the door and are leaving now."""
        return self.env.cr.cache.setdefault(DEPARTING, set())

    @contextmanager
    def _release_departing(self):
        """Let the transfers be split and closed without another look at them."""
        departing = self._release_get_departing()
        added = set(self.ids) - departing
        departing |= added
        try:
            yield
        finally:
            departing -= added

    # === HOOKS === #

    def _release_take_turn(self):
        """Modify the rows whose figures the check reads, before it reads them.

        Of two transactions that spend the same figure one is then retried by Odoo.
        Here: what an earlier step has drawn, which its following steps share.
        """
        origins = self.move_ids._filter_departures().move_orig_ids
        if origins:
            self.env.flush_all()
            self.env.execute_query(
                SQL(
                    "UPDATE stock_move SET state = state WHERE id IN ("
                    "SELECT id FROM stock_move WHERE id IN %s ORDER BY id FOR UPDATE)"
                    " RETURNING id",
                    tuple(origins.ids),
                )
            )

    def _release_blockers(self):
        """Return why deliveries should not be released, signature apart.

        Asked before the signature is requested and again when the goods leave.  Extend
        with ``super()`` and ``setdefault(picking.id, []).append(...)``.

        :return: ``{picking id: [(code, message with reason and remedy)]}``
        """
        return {}

    def _departure_blockers(self):
        """Return what is missing at the moment the goods leave, by picking id.

        Extend like `_release_blockers`; the transfers may be any step of a delivery.
        """
        blockers = {}
        for picking in self:
            moves = picking.move_ids._filter_departures()
            problems = [
                ("signature", picking._get_signature_blocker()),
                *(("quantity", move._get_quantity_blocker()) for move in moves),
            ]
            if found := [problem for problem in problems if problem[1]]:
                blockers[picking.id] = found
        return blockers

    def _get_signature_blocker(self):
        """Return why the signature does not let the single transfer go, or nothing."""
        if not self._filter_release_needed():
            return ""
        if self.state != "done":
            return self._review_get_gate_message()
        if self.review_state == "approved":
            return ""
        return self.env._(
            "%s was closed without a signature: create another delivery for what else "
            "has to leave.",
            self.display_name,
        )
