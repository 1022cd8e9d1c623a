from odoo import fields, models

KEEPERS = "stock.group_stock_user"
DESK = "stock_review.group_delivery_desk"
#: Members of a group told of one delivery that has no responsible person.
MAX_TOLD = 20


class StockPicking(models.Model):
    """Who is told what, and which clocks run."""

    _inherit = "stock.picking"

    # === CLOCKS === #

    def _release_start_notice(self):
        """Start the clock: the notice is due a day before the planned shipping.

        What is planned at shorter notice than that was never to be announced in time.
        """
        waiting = self.sudo().filtered(  # sudo: whoever confirms starts the clock
            lambda picking: (
                picking.state not in ("done", "cancel")
                and picking.review_state != "approved"
                and picking.scheduled_date
            )
        )
        for picking in waiting._filter_release_needed():
            day = picking.scheduled_date
            if picking._is_notice_possible(day):
                picking._deadline_start("shipping_notice", start=day)

    def _is_notice_possible(self, day):
        """Return whether the notice of goods planned for ``day`` is not due yet."""
        limit = self.env["deadline.limit"]._get_limit(
            "shipping_notice", self.company_id
        )
        calendar = self.company_id.resource_calendar_id
        return limit and limit._plan_due([day], calendar)[0] > fields.Datetime.now()

    def _release_restart_notice(self):
        """Plan the notice again for deliveries that are shipped on another day."""
        clocks = self.env["deadline.clock"]._find_running(self, "shipping_notice")
        moved = self.browse(clocks.mapped("res_id"))
        moved.sudo()._deadline_stop("shipping_notice", cancelled=True)
        moved._release_start_notice()

    def _action_done(self):
        """Stop every clock of what has left."""
        result = super()._action_done()
        if self.env["review.flow"]._is_live("stock.picking"):
            gone = self.sudo().filtered(lambda picking: picking.state == "done")
            gone._release_unhold(is_free=False)
            gone._deadline_stop()
        return result

    # === PEOPLE === #

    def _review_after_approved(self):
        """The signature is the shipping notice: tell the store."""
        result = super()._review_after_approved()
        for picking in self:
            picking._release_unhold(is_free=False)
            picking._deadline_stop("shipping_notice")
            picking._release_tell(
                picking.env._(
                    "Shipping notice: %s is released, the goods may be drawn.",
                    picking.name,
                ),
                picking._release_get_keepers(),
            )
        return result

    def _release_tell_held(self):
        users = self._release_get_planners()
        if self.review_state == "approved":
            users |= self._release_get_keepers()
        self._release_tell(
            self.env._(
                "%(delivery)s is held: %(reasons)s",
                delivery=self.name,
                reasons=" · ".join(self.release_hold_reason.splitlines()),
            ),
            users,
        )

    def _release_tell_free(self, requester):
        """Tell who asked and, once it is signed, who draws the goods."""
        if self.review_state == "approved":
            text = self.env._("Nothing holds %s any more: it may leave.", self.name)
            return self._release_tell(text, requester | self._release_get_keepers())
        text = self.env._(
            "Nothing holds %s any more: its release can be requested.", self.name
        )
        return self._release_tell(text, requester)

    def _release_tell(self, text, users):
        """Log a text in the chatter and send it to these people, with a link.

        Followers, who may be customers, are not told.
        """
        self.ensure_one()
        picking = self.sudo()  # sudo: who confirms money need not write on deliveries
        picking._message_log(body=text)
        if partners := (users - self.env.user).partner_id:
            picking.message_notify(
                body=text,
                subject=self.env._("Release of %s", self.name),
                partner_ids=partners.ids,
            )

    def _release_get_planners(self):
        """Return who planned the single delivery: who asked, else the delivery desk."""
        picking = self.sudo()  # sudo: the request may be unreadable
        asked = picking.release_requested_by | picking.review_request_id.requester_id
        return asked or self._release_get_members(DESK)

    def _release_get_keepers(self):
        """Return who draws the goods of the single delivery (hook)."""
        return self.user_id or self._release_get_members(KEEPERS)

    def _release_get_members(self, group):
        # sudo: members of a group are not readable for everybody
        members = (
            self.env.ref(group)
            .sudo()
            .all_user_ids.filtered(
                lambda user: user._is_internal() and self.company_id in user.company_ids
            )
        )
        return members[:MAX_TOLD]
