from markupsafe import Markup

from odoo import fields, models
from odoo.tools import float_compare


class SaleChangeNotice(models.Model):
    """What stands against a change, and what follows it: deliveries, departments."""

    _inherit = "sale.change.notice"

    # === CHECK === #

    def _change_check(self):
        """Return the sentences why the single notice cannot be applied now (hook).

        Extend with ``super()``: bookings, contracts, credit.
        """
        self.ensure_one()
        messages = [self._get_paper_refusal(), self._get_kind_refusal()]
        for line in self._get_changed_lines():
            messages += line._get_refusals()
        now = fields.Datetime.now()
        if self.new_commitment_date and self.new_commitment_date < now:
            messages.append(
                self.env._("%s: the new delivery date has passed.", self.name)
            )
        if self.state == "approved":
            messages += self._get_open_matters()
        return [message for message in messages if message]

    def _get_open_matters(self):
        """Return what has to be recorded before the approved notice is issued."""
        matters = []
        if self._needs_contact() and not self.contacted_on:
            matters.append(
                self.env._(
                    "%s: speak to the customer about the delivery and record it.",
                    self.name,
                )
            )
        if self.supplement_state == "needed" or (
            self.supplement_state != "signed" and self._change_needs_supplement()
        ):
            matters.append(
                self.env._(
                    "%s: the supplementary contract is not signed yet.", self.name
                )
            )
        elif self._needs_supplement_decision() and self.supplement_state == "undecided":
            matters.append(
                self.env._(
                    "%s: order management has to decide whether a supplementary "
                    "contract is needed.",
                    self.name,
                )
            )
        return matters

    def _needs_contact(self):
        """Tell whether the customer has to hear of the new delivery first."""
        return self.kind != "minor"

    def _needs_supplement_decision(self):
        return self.kind == "structure" or self.is_technical

    def _change_needs_supplement(self):
        """Return whether a signed supplementary contract is compulsory (hook)."""
        return False

    # === WHAT FOLLOWS === #

    def _change_after_applied(self):
        """Circulate the single applied notice (hook, with ``super()``: bookings,
        supplementary contracts, production instructions).
        """
        self._circulate(self.company_id.order_change_department_ids)
        changes = self.version_id.difference_text or self.reason
        self.order_id.message_post(
            body=Markup("<b>%s</b><br/>%s")
            % (
                self.env._("%s was applied", self.name),
                Markup("<br/>").join(changes.splitlines()),
            ),
            subtype_xmlid="mail.mt_note",
        )

    def _follow_deliveries(self):
        """Fit what was prepared to the new quantities, and plan for the new dates."""
        self._get_changed_lines().order_line_id._change_get_chain()._change_fit()
        dates = {}
        if self.new_commitment_date:
            for line in self.order_id.order_line:
                dates[line] = self.new_commitment_date
        for line in self.line_ids.filtered("new_date"):
            dates[line.order_line_id] = line.new_date
        days = self.company_id.security_lead
        for line, date in dates.items():
            moves = line._change_get_open_moves()
            if not moves:
                continue
            late = [move for move in moves if move.date_deadline != date]
            moves.browse([move.id for move in late]).date_deadline = date
            moves._change_shift(fields.Datetime.subtract(date, days=days))


class SaleChangeNoticeLine(models.Model):
    _inherit = "sale.change.notice.line"

    def _get_refusals(self):
        """Return why the single line of the order cannot change like this."""
        line, changes = self.order_line_id, self._get_changes()
        if not line:
            missing = self.new_quantity <= 0
            name = self.new_product_id.display_name
            return [self.env._("%s: enter the quantity to add.", name)] * missing
        refusals = [self._get_quantity_refusal(changes)]
        if changes & {"price_unit", "discount"} and line.qty_invoiced:
            refusals.append(
                self.env._(
                    "%s was invoiced: credit it before the price changes.",
                    line.display_name,
                )
            )
        return refusals

    def _get_quantity_refusal(self, changes):
        """Return that the customer has more than the line would order, or ''."""
        line, replaced = self.order_line_id, "product" in changes or self.is_removed
        least = max(line.qty_delivered, line.qty_invoiced, 0.0)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if replaced and least:
            return self.env._(
                "%s was delivered or invoiced in part: reduce it to that quantity "
                "and add a line.",
                line.display_name,
            )
        if float_compare(self.new_quantity, least, precision_digits=digits) >= 0:
            return ""
        return self.env._(
            "%(line)s: %(least)g were delivered or invoiced already, no less can be "
            "ordered. A return or a credit note comes first.",
            line=line.display_name,
            least=least,
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _change_get_open_moves(self):
        """Return the moves of the single line that bring goods to the customer."""
        return self.move_ids.filtered(
            lambda move: (
                move.state not in {"done", "cancel"}
                and move.location_dest_id._is_outgoing()
            )
        )

    def _change_get_chain(self):
        """Return all moves of the lines that are not done, of every step."""
        moves = self.move_ids
        moves |= moves.browse(moves._rollup_move_origs())
        return moves.filtered(lambda move: move.state not in {"done", "cancel"})


class StockMove(models.Model):
    _inherit = "stock.move"

    def _change_fit(self):
        """Take back what was prepared beyond the demand; the store looks again."""
        for move in self:
            if move.product_uom.compare(move.quantity, move.product_uom_qty) > 0:
                move.picked = False
                move.quantity = move.product_uom_qty

    def _change_shift(self, date):
        """Plan the moves for a date, what feeds them as much earlier as before."""
        for move in self:
            delta = date - move.date
            if delta:
                chain = self.browse(move._rollup_move_origs()) | move
                for other in chain:
                    if other.state not in {"done", "cancel"}:
                        other.date += delta
