from datetime import timedelta

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

HOLD_ACTIVITY = "sale_confirm_gate.mail_activity_type_held"


class SaleOrder(models.Model):
    """The soft door: what cannot be confirmed yet is held, never refused."""

    _inherit = "sale.order"

    # === SOFT DOOR === #

    def _register_hook(self):
        """Put the soft door outside every other override of this registry.

        Modules confirm by what they do before and after ``super()`` (loyalty points,
        mails, external orders), and most load after this one.  A held order must not
        reach them, so the split happens on the registry class, before all of them.
        """
        super()._register_hook()
        model_class = type(self)

        def action_confirm(self):
            """Confirm the orders that nothing blocks, hold the others."""
            self.check_access("write")  # as in core: readers do not even ask for it
            held = self._confirm_split()
            ready = self - held if held else self
            result = True
            if ready or not held:
                result = super(model_class, ready).action_confirm()
            return held._confirm_held_result(result)

        def _validate_order(self):
            """Confirm on behalf of the customer, or hold without a word to them."""
            held = self.with_context(send_email=True)._confirm_split()
            ready = self - held if held else self
            if ready or not held:
                super(model_class, ready)._validate_order()

        model_class.action_confirm = action_confirm
        model_class._validate_order = _validate_order

    def _unregister_hook(self):
        for name in ("action_confirm", "_validate_order"):
            if name in vars(type(self)):
                delattr(type(self), name)
        super()._unregister_hook()

    def _confirm_split(self):
        """Hold the orders of ``self`` that something blocks and return them.

        Orders that core itself refuses are left to core's own error.
        """
        quotations = self.filtered(lambda order: order.state in {"draft", "sent"})
        if not quotations:
            return self.browse()
        blockers = quotations._with_staff_lang()._confirm_blockers()
        held = quotations.filtered(
            lambda order: (
                blockers.get(order.id) and not order._confirmation_error_message()
            )
        )
        held._confirm_hold(blockers)
        return held

    def _confirm_held_result(self, result):
        """Return what ``action_confirm`` answers when it held the orders of ``self``.

        :param result: the answer of core for the orders that were confirmed
        """
        if not self or not self._is_asked_by_staff():
            return result
        held = " · ".join(
            f"{order.name}: {' '.join(order.confirm_hold_reason.splitlines())}"
            for order in self
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Held, confirmed as soon as nothing blocks it"),
                "message": held,
                "next": result
                if isinstance(result, dict)
                else {"type": "ir.actions.act_window_close"},
            },
        }

    # === HOLDS === #

    def _confirm_hold(self, blockers):
        """Store why each order waits; tell the responsible when the codes change.

        :param dict blockers: as returned by ``_confirm_blockers``
        """
        for order in self:
            reasons = blockers[order.id]
            codes = ",".join(dict.fromkeys(code for code, _message in reasons))
            changed = codes != order.confirm_hold_codes
            order._confirm_gate_write(
                {
                    **order._prepare_confirm_request(),
                    "confirm_held": True,
                    "confirm_hold_codes": codes,
                    "confirm_hold_reason": "\n".join(
                        message for _code, message in reasons
                    ),
                }
            )
            if changed:
                order._confirm_notify_held()

    def _prepare_confirm_request(self):
        """Return who asked and since when; the first place in the queue is kept."""
        vals = {
            "confirm_requested": True,
            "confirm_held_on": self.confirm_held_on or fields.Datetime.now(),
            "confirm_mail_requested": self.confirm_mail_requested
            or bool(self.env.context.get("send_email")),
        }
        if self.env.uid != SUPERUSER_ID or not self.confirm_requested:
            vals["confirm_requested_by"] = self.env.uid
        return vals

    def _confirm_hold_clear(self):
        """Forget the holds of ``self`` and close their activities."""
        held = self.filtered(
            lambda order: order.confirm_held or order.confirm_requested
        )
        if not held:
            return
        held._confirm_gate_write(
            {
                "confirm_held": False,
                "confirm_hold_codes": False,
                "confirm_hold_reason": False,
                "confirm_held_on": False,
                "confirm_requested": False,
                "confirm_requested_by": False,
                "confirm_mail_requested": False,
            }
        )
        # The activity belongs to the responsible, whoever lifts the hold.
        held.sudo().activity_unlink([HOLD_ACTIVITY])

    def _confirm_notify_held(self):
        """Tell the responsible by message and activity, in the name of the system."""
        self.ensure_one()
        users = self._confirm_hold_responsible()
        order = self.with_user(SUPERUSER_ID)._with_staff_lang()
        summary = order.env._("Held: cannot be confirmed yet")
        reason = Markup("<br/>").join(order.confirm_hold_reason.split("\n"))
        order.message_post(
            body=Markup("<b>%s</b><br/>%s") % (summary, reason),
            partner_ids=(users - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        order.activity_unlink([HOLD_ACTIVITY])
        for user in users:
            # The message above is the notice, the activity the reminder.
            order.with_context(mail_activity_quick_update=True).activity_schedule(
                HOLD_ACTIVITY, summary=summary, note=reason, user_id=user.id
            )

    def action_confirm_withdraw(self):
        """Take back the request to confirm: the orders stay quotations."""
        self.check_access("write")
        self._confirm_hold_clear()

    # === RETRY === #

    @api.model
    def _confirm_trigger(self, at=None):
        """Let the cron look at the held orders after this transaction."""
        # Triggering a cron is not for users, looking again is.
        self.env.ref("sale_confirm_gate.ir_cron_confirm_approved").sudo()._trigger(at)

    @api.model
    def _cron_confirm_approved(self):
        """Confirm the requested orders that nothing blocks any more, oldest first."""
        orders = self.search(
            [("confirm_requested", "=", True), ("state", "in", ("draft", "sent"))],
            order="confirm_held_on, id",
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(orders))
        for group in orders._confirm_retry_groups():
            try:
                group._confirm_retry()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody else changed the same rows: this group once more, later.
                self.env.cr.rollback()
                self._confirm_trigger(fields.Datetime.now() + timedelta(seconds=30))
            if not cron._commit_progress(processed=len(group)):
                break

    def _confirm_retry_groups(self):
        """Return the recordsets the cron retries, each in its own transaction."""
        return [order[0] for order in self]  # [0]: no prefetch across commits

    def _confirm_retry(self):
        """Confirm the requested orders of ``self`` that nothing blocks any more.

        :return: the orders confirmed by this call
        """
        waiting = self.exists().filtered(
            lambda order: order.confirm_requested and order.state in {"draft", "sent"}
        )
        return waiting.sorted(lambda order: (order.confirm_held_on, order.id)).filtered(
            lambda order: order._confirm_retry_one()
        )

    def _confirm_retry_one(self):
        order = self._with_requester()
        mail = self.confirm_mail_requested
        try:
            with self.env.cr.savepoint():
                order.with_context(send_email=mail).action_confirm()
                if order.state == "sale":
                    order._confirm_retry_done()
        except (UserError, AccessError, ValidationError) as error:
            self._confirm_hold({self.id: [("refused", str(error))]})
        return self.state == "sale"

    def _confirm_retry_done(self):
        """Finish a late confirmation: say why now, invoice what was paid meanwhile."""
        self.with_user(SUPERUSER_ID)._with_staff_lang().message_post(
            body=self.env._("Confirmed as requested: nothing blocks this order now."),
            subtype_xmlid="mail.mt_note",
        )
        # Core invoices paid orders as the system, too.
        self.sudo().transaction_ids._invoice_order_confirmed_later()

    # === HELPERS === #

    def _with_requester(self):
        """Return the order as the colleague who asked, else as the system."""
        self.ensure_one()
        user = self.sudo().confirm_requested_by  # users see few other users
        if not (
            user.active and user._is_internal() and self.company_id in user.company_ids
        ):
            user = user.browse(SUPERUSER_ID)
        order = self.with_user(user).with_company(self.company_id)
        return order.with_context(lang=user.lang) if user.id != SUPERUSER_ID else order

    def _is_asked_by_staff(self):
        return self.env.uid != SUPERUSER_ID and self.env.user._is_internal()

    def _with_staff_lang(self):
        """Return the orders in the language of those who read the reasons."""
        if self._is_asked_by_staff():
            return self
        lang = self.user_id[:1].lang or self.company_id[:1].partner_id.lang
        return self.with_context(lang=lang) if lang else self
