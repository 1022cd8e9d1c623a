"""What the races of closures prepare; every function runs in a worker, as the system.

Each round has an order of its own over five pieces, with a closure that waits for its
last approval.
"""

from credit_cases import set_credit_control, switch_reviews_off
from stock_cases import ensure_user, get_warehouse

from odoo import Command

APPROVER, KEEPER, CLERK = "race.closer", "race.keeper1", "race.biller"
#: Switches of other capabilities that would hold the orders.
OTHERS = ("delivery_release", "order_intake", "require_confirmed_prepayment")
PIECES = 5


def cancel_and_deliver(env, rounds, tag):
    """The closure cancels the order while its goods leave."""
    return [
        [approve(closure), validate(closure.order_id.picking_ids)]
        for closure in make_closures(env, rounds, tag, "cancel")
    ]


def shorten_and_deliver(env, rounds, tag):
    """The closure cuts the order short while its goods leave."""
    return [
        [approve(closure), validate(closure.order_id.picking_ids)]
        for closure in make_closures(env, rounds, tag, "short_close")
    ]


def cancel_and_invoice(env, rounds, tag):
    """The closure cancels the order while it is invoiced."""
    closures = make_closures(env, rounds, tag, "cancel")
    return [[approve(closure), invoice(closure, "delivered")] for closure in closures]


def cancel_and_ask_advance(env, rounds, tag):
    """The closure cancels the order while a down payment is asked for."""
    closures = make_closures(env, rounds, tag, "cancel")
    return [[approve(closure), invoice(closure, "percentage")] for closure in closures]


# === CALLS === #


def approve(closure):
    call = [closure.ids, closure.review_revision]
    return APPROVER, "sale.order.closure", "review_approve", call


def validate(picking):
    return KEEPER, "stock.picking", "button_validate", [picking.ids]


def invoice(closure, method):
    wizard = closure.env["sale.advance.payment.inv"].create(
        {
            "sale_order_ids": [Command.set(closure.order_id.ids)],
            "advance_payment_method": method,
            "amount": 30,
        }
    )
    clerk = wizard.env["res.users"].search([("login", "=", CLERK)])
    wizard.env.flush_all()
    wizard.env.cr.execute(
        "UPDATE sale_advance_payment_inv SET create_uid = %s WHERE id = %s",
        (clerk.id, wizard.id),
    )
    return CLERK, "sale.advance.payment.inv", "create_invoices", [wizard.ids]


# === RECORDS === #


def make_closures(env, rounds, tag, kind):
    """Return, per round, the submitted closure of an order that is ready to leave."""
    switch_reviews_off(env)
    set_credit_control(env, False)
    switch_closure_on(env)
    orders = make_orders(env, rounds, tag)
    closures = env["sale.order.closure"].create(
        [
            {
                "order_id": order.id,
                "kind": kind,
                "asked_by": "company",
                "reason": tag,
            }
            for order in orders
        ]
    )
    for closure in closures:
        closure.review_submit()
    env.flush_all()
    return closures


def switch_closure_on(env):
    """Close orders by review, everything else off, with people of our own."""
    ensure_user(env, KEEPER, "stock.group_stock_user")
    ensure_user(env, APPROVER, "sale_order_closure.group_closure_approver")
    clerk = ensure_user(env, CLERK, "account.group_account_invoice")
    clerk.group_ids += env.ref("sales_team.group_sale_salesman_all_leads")
    company = env.company
    company.write({name: False for name in OTHERS if name in company._fields})
    company.order_closure = True
    get_warehouse(env).delivery_steps = "ship_only"


def make_goods(env, tag):
    return env["product.product"].create(
        {
            "name": tag,
            "type": "consu",
            "is_storable": True,
            "invoice_policy": "order",
            "taxes_id": [Command.clear()],
            "route_ids": [Command.clear()],
        }
    )


def make_orders(env, rounds, tag):
    goods = make_goods(env, tag)
    stock = get_warehouse(env).lot_stock_id
    env["stock.quant"]._update_available_quantity(goods, stock, rounds * PIECES)
    customers = env["res.partner"].create(
        [{"name": f"{tag} {number}"} for number in range(rounds)]
    )
    line = {"product_id": goods.id, "product_uom_qty": PIECES, "price_unit": 100}
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "client_order_ref": tag,
                "require_payment": False,
                "order_line": [Command.create(line)],
            }
            for customer in customers
        ]
    )
    orders.action_confirm()
    orders.picking_ids.action_assign()
    return orders
