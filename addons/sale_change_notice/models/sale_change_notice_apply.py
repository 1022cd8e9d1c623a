from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from odoo.addons.base_review.tools import canonical_number


class SaleChangeNotice(models.Model):
    """One transaction applies an approved notice, wholly or not at all."""

    _inherit = "sale.change.notice"

    apply_error = fields.Text(string="Not Applied Because", readonly=True, copy=False)
    applied_at = fields.Datetime(readonly=True, copy=False, tracking=True)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    version_id = fields.Many2one("sale.order.version", readonly=True, copy=False)

    # === ENTRIES === #

    def action_apply(self):
        """Apply the approved notice, or say what keeps it from being applied."""
        notice = self._check_verb(("approved",))
        if notice._try_apply():
            return True
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s: nothing was applied", notice.name),
                "message": notice.apply_error,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_apply(self):
        """Apply what was approved and not tried yet, in the order of the approvals."""
        notices = self.search(
            [("state", "=", "approved"), ("apply_error", "=", False)], order="id"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(notices))
        for notice in notices:
            try:
                notice[
                    0
                ]._with_approver()._try_apply()  # [0]: no prefetch across commits
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody else changed the same rows: this one once more, later.
                self.env.cr.rollback()
                self._apply_trigger(
                    fields.Datetime.add(fields.Datetime.now(), seconds=30)
                )
            if not cron._commit_progress(processed=1):
                break

    def _with_approver(self):
        """Return the single notice in the name and language of who approved it."""
        approver = self.review_request_id.closed_by
        user = approver if approver.active else self.env.user
        # The notes have readers.
        lang = self.user_id.lang or self.company_id.partner_id.lang
        return self.with_user(user).sudo().with_context(lang=lang or self.env.lang)

    @api.model
    def _apply_trigger(self, at=None):
        # sudo: triggering a cron is not for users, applying what is approved is
        self.env.ref("sale_change_notice.ir_cron_apply").sudo()._trigger(at)

    def _apply_again(self):
        """Try once more: what was missing may be there now."""
        if self.state == "approved":
            self._notice_write({"apply_error": False})
            self._apply_trigger()

    def _try_apply(self):
        """Return whether the single notice was applied; keep the reason if not.

        Only refusals are caught: a serialization error makes Odoo retry.
        """
        try:
            with self.env.cr.savepoint():
                self._apply()
        except (UserError, AccessError, ValidationError) as error:
            self._keep_apply_error(str(error))
            return False
        return True

    def _keep_apply_error(self, message):
        """Show why nothing was applied, and tell the responsible person."""
        self.invalidate_recordset()
        notice = self.sudo()  # sudo: told whoever applies
        if notice.apply_error == message:
            return
        notice._notice_write({"apply_error": message})
        notice.message_post(
            body=self.env._("Nothing was applied: %s", message),
            partner_ids=(notice.user_id or notice.create_uid).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    # === THE TRANSACTION === #

    def _apply(self):
        """Apply the single approved notice; whatever raises leaves nothing behind."""
        self.ensure_one()
        notice = self.sudo()  # sudo: the approval is the right to change the order
        notice._lock()
        notice.order_id._change_take_turn()
        notice._check_approved()
        order = notice.order_id.with_company(notice.company_id)
        refusals = list(filter(None, [notice._get_base_refusal()]))
        refusals = refusals or notice._change_check()
        if refusals:
            raise UserError("\n".join(refusals))
        before, agreed = order._change_content(), notice._get_agreed(order)
        with order._change_open():
            notice._write_order(order)
        notice._check_agreed(order, agreed)
        notice._follow_deliveries()
        version = self.env["sale.order.version"]._append_change(order, notice, before)
        notice._notice_write(
            {
                "state": "applied",
                "apply_error": False,
                "applied_at": fields.Datetime.now(),
                "applied_by_id": self.env.uid,
                "version_id": version.id,
            }
        )
        notice._change_after_applied()

    def _lock(self):
        """Modify the notices: a concurrent decision or application is retried."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE sale_change_notice SET state = state WHERE id IN %s"
                " RETURNING id",
                tuple(self.ids) or (0,),
            )
        )
        self.invalidate_recordset(["state", "apply_error", "review_state"])

    def _check_approved(self):
        """Refuse a notice whose approval does not stand behind what it says."""
        self.env.invalidate_all()
        request = self.review_request_id
        if self.state != "approved":
            raise UserError(self.env._("%s is not approved.", self.name))
        if (
            self.review_state != "approved"
            or request.state != "approved"
            or request.fingerprint != self._review_get_fingerprint()
        ):
            raise UserError(
                self.env._(
                    "%s does not say what was approved. Cancel it and draft another.",
                    self.name,
                )
            )

    def _write_order(self, order):
        """Write what was approved on the order, in one go."""
        locked, commands = order.locked, []
        if locked:
            order.locked = False
        for line in self._get_changed_lines():
            commands += line._prepare_commands()
        values = {"order_line": commands} if commands else {}
        if self.new_commitment_date:
            values["commitment_date"] = self.new_commitment_date
        if values:
            order.write(values)
        if locked:
            order.locked = True

    # === WHAT WAS AGREED === #

    def _get_agreed(self, order):
        """Return what the lines of the order have to say afterwards."""
        agreed = {line: line._get_agreed() for line in order._change_get_lines()}
        changes, added = self._get_changed_lines(), []
        for line in changes:
            if line.order_line_id and not line._is_replacing():
                agreed[line.order_line_id] = line._get_agreed()
            else:
                added.append(line._get_agreed())
            if line._is_replacing():
                agreed[line.order_line_id] = (str(line.old_product_id.id), "0")
        return agreed, added

    def _check_agreed(self, order, expected):
        """Refuse when the order says anything else than what was approved."""
        agreed, added = expected
        known = self.env["sale.order.line"].union(*agreed)
        fresh = order._change_get_lines() - known
        wrong = [
            line.display_name
            for line, values in agreed.items()
            if line._get_agreed()[: len(values)] != values
        ]
        if sorted(line._get_agreed() for line in fresh) != sorted(added):
            wrong += fresh.mapped("display_name") or [self.name]
        date = self.new_commitment_date
        if wrong or (date and order.commitment_date != date):
            raise UserError(
                self.env._(
                    "%(order)s would not say what was approved: %(lines)s.",
                    order=order.name,
                    lines=", ".join(wrong) or self.env._("Delivery Date"),
                )
            )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_agreed(self):
        """Return product, quantity, price and discount, as they are compared."""
        self.ensure_one()
        figures = self.product_uom_qty, self.price_unit, self.discount
        return str(self.product_id.id), *map(canonical_number, figures)


class SaleChangeNoticeLine(models.Model):
    _inherit = "sale.change.notice.line"

    def _is_replacing(self):
        """Tell whether another product takes the place of an ordered one."""
        return bool(self.order_line_id) and (
            not self.is_removed and self.new_product_id != self.old_product_id
        )

    def _get_agreed(self):
        """Return what the order line has to say afterwards."""
        self.ensure_one()
        quantity = 0.0 if self.is_removed else self.new_quantity
        figures = quantity, self.new_price_unit, self.new_discount
        product = self.old_product_id if self.is_removed else self.new_product_id
        return str(product.id), *map(canonical_number, figures)

    def _prepare_commands(self):
        """Return what is written on the order for the single line."""
        ordered = self.order_line_id
        new = {
            "product_uom_qty": self.new_quantity,
            "price_unit": self.new_price_unit,
            "discount": self.new_discount,
        }
        if self.is_removed:
            return [Command.update(ordered.id, {**new, "product_uom_qty": 0.0})]
        if not ordered or self._is_replacing():
            added = [Command.create({**new, "product_id": self.new_product_id.id})]
            gone = {**self._get_old_values(), "product_uom_qty": 0.0}
            return added + ([Command.update(ordered.id, gone)] if ordered else [])
        return [Command.update(ordered.id, new)]

    def _get_old_values(self):
        return {"price_unit": self.old_price_unit, "discount": self.old_discount}
