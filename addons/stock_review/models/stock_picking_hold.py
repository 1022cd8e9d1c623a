from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.base_review.tools import check_records

OPEN_STATES = ("waiting", "confirmed", "assigned")


class StockPicking(models.Model):
    """Deliveries that may not leave are held, with their reason and a clock."""

    _inherit = "stock.picking"

    # === REQUEST === #

    def action_release_request(self):
        """Ask for the signature, or hold the delivery and say why."""
        picking = check_records(self, single=True)
        picking.check_access("write")
        reasons = picking._release_get_request_reasons().get(picking.id)
        if not reasons:
            return picking.action_review_submit()
        picking._release_write({"release_requested_by": self.env.uid})
        picking._release_hold(reasons)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s is held", picking.name),
                "message": " · ".join(text for _code, text in reasons),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _review_submit_blockers(self):
        """Refuse the request while contract, stock or money are not in place."""
        blockers = super()._review_submit_blockers()
        for picking_id, reasons in self._release_get_request_reasons().items():
            texts = [text for _code, text in reasons]
            blockers.setdefault(picking_id, []).extend(texts)
        return blockers

    def _release_get_request_reasons(self):
        """Return ``{id: [(code, message)]}``: why nobody should sign these yet."""
        pickings = self.sudo()  # sudo: the check reads orders, money and stock
        needed = pickings._filter_release_needed()
        reasons = {
            picking.id: [("none", picking._get_not_needed_message())]
            for picking in pickings - needed
        }
        for found in (needed._get_stock_blockers(), needed._release_blockers()):
            for picking_id, problems in found.items():
                reasons.setdefault(picking_id, []).extend(problems)
        return reasons

    def _get_not_needed_message(self):
        return self.env._("%s needs no signature.", self.display_name)

    def _get_stock_blockers(self):
        """Return what is not really in stock: nothing is promised on paper."""
        blockers = {}
        for picking in self:
            for move in picking.move_ids._filter_departures():
                missing = move.product_uom_qty - move.quantity
                if (
                    move.product_id.is_storable
                    and move.product_uom.compare(missing, 0) > 0
                ):
                    text = self.env._(
                        "%(product)s: %(missing)s %(unit)s are not in stock. Wait for "
                        "them, or split the transfer and request what is there.",
                        product=move.product_id.display_name,
                        missing=move.product_uom.round(missing),
                        unit=move.product_uom.name,
                    )
                    blockers.setdefault(picking.id, []).append(("stock", text))
        return blockers

    # === HOLDS === #

    def _release_hold(self, reasons):
        """Store why the single delivery may not leave; tell people when it changes."""
        codes = ",".join(dict.fromkeys(code for code, _text in reasons))
        changed = codes != self.release_hold_codes
        text = "\n".join(text for _code, text in reasons)
        if not changed and text == self.release_hold_reason:
            return
        self._release_write(
            {
                "release_held": True,
                "release_hold_codes": codes,
                "release_hold_reason": text,
                "release_held_on": self.release_held_on or fields.Datetime.now(),
            }
        )
        if changed:
            self.sudo()._deadline_start("shipment_report")  # sudo: evidence of clocks
            self._release_tell_held()

    def _release_unhold(self, is_free=True):
        """Forget the holds; ``is_free`` tells people that nothing blocks it now."""
        held = self.filtered("release_held")
        if not held:
            return
        requesters = {picking: picking.release_requested_by for picking in held}
        held._release_write(
            {
                "release_held": False,
                "release_hold_codes": False,
                "release_hold_reason": False,
                "release_held_on": False,
                "release_requested_by": False,
            }
        )
        # sudo: the clock belongs to the store, whoever lifts the hold
        held.sudo()._deadline_stop("shipment_report", cancelled=not is_free)
        if is_free:
            for picking in held:
                picking._release_tell_free(requesters[picking])

    def _release_forget_cancelled(self):
        """Close what runs for deliveries that were cancelled."""
        gone = self.filtered(lambda picking: picking.state == "cancel")
        gone._release_unhold(is_free=False)
        gone.filtered("move_ids")._deadline_stop(cancelled=True)

    # === SECOND LOOK === #

    def _release_recheck(self):
        """Hold or free the deliveries by what stands against them now."""
        for delivery in self.exists():
            picking = delivery.with_context(lang=delivery._release_get_lang())
            reasons = picking._release_get_hold_reasons()
            if reasons:
                picking._release_hold(reasons)
            else:
                picking._release_unhold()

    def _release_get_lang(self):
        """Return the language of who reads the reasons: who asked, or the company."""
        people = self.sudo()  # sudo: the language of a colleague
        company = people.company_id.partner_id
        return people.release_requested_by.lang or company.lang or self.env.lang

    def _release_get_hold_reasons(self):
        """Return why the single delivery that should leave does not."""
        if self.state not in OPEN_STATES or not self._filter_release_needed():
            return []
        if self.review_state == "approved" and not self._review_get_gate_message():
            return self._release_blockers().get(self.id, [])
        reasons = self._release_get_request_reasons().get(self.id, [])
        is_due = self.scheduled_date and self.scheduled_date <= fields.Datetime.now()
        if not reasons and is_due:
            reasons = [("signature", self._review_get_gate_message())]
        return reasons

    @api.model
    def _release_trigger(self):
        """Let the cron look at the held deliveries after this transaction."""
        cron = self.env.ref("stock_review.ir_cron_release")
        # sudo: triggering a cron is not for users, looking again is
        held = self.sudo().search_count([("release_held", "=", True)], limit=1)
        if held:
            cron.sudo()._trigger()

    @api.model
    def _cron_release(self):
        """Look at the deliveries that are held or should have left by now."""
        due = Domain("release_held", "=", True) | Domain(
            "scheduled_date", "<=", fields.Datetime.now()
        )
        waiting = Domain("state", "in", OPEN_STATES) & Domain(
            "release_needed", "=", True
        )
        pickings = self.search(due & waiting, order="scheduled_date, id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(pickings))
        for picking in pickings:
            try:
                picking[0]._release_recheck()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody else changed the same rows: once more, later.
                self.env.cr.rollback()
                soon = fields.Datetime.now() + timedelta(seconds=30)
                self.env.ref("stock_review.ir_cron_release")._trigger(soon)
            if not cron._commit_progress(processed=1):
                break

    def _release_check_open(self):
        """Raise unless the single delivery is one that still has to leave."""
        if self.state not in OPEN_STATES or not self._filter_release_needed():
            raise UserError(
                self.env._("%s does not wait to leave the store.", self.display_name)
            )
