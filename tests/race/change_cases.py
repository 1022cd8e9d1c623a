"""What the races of change notices prepare; every function runs in a worker, as the
system.

Each round has a confirmed order of its own, of 5 and 2 pieces, with approved notices
that nobody has applied yet.
"""

from credit_cases import make_customers
from stock_cases import ensure_user, get_warehouse

from odoo import Command

CLERK, COLLEAGUE, LEADER = "race.changer", "race.changer2", "race.change.leader"
FLOW = "Race"
PRICE = 100
PIECES = (5, 2)
GROUPS = (
    "sales_team.group_sale_salesman_all_leads",
    "stock.group_stock_user",
    "account.group_account_invoice",
)


def change_and_change(env, rounds, tag):
    """Two notices, each drafted on the order as it was, on different lines."""
    calls = []
    for order in make_orders(env, rounds, tag):
        first, second = order.order_line
        notices = [
            approve(draft(order, change(first, new_quantity=4))),
            approve(draft(order, change(second, new_quantity=1))),
        ]
        calls.append([apply(CLERK, notices[0]), apply(COLLEAGUE, notices[1])])
    return calls


def change_for_free_twice(env, rounds, tag):
    """As above, but no total changes: each adds a service for nothing."""
    calls = []
    for order in make_orders(env, rounds, tag):
        notices = [approve(draft(order, add_free(env))) for _number in range(2)]
        calls.append([apply(CLERK, notices[0]), apply(COLLEAGUE, notices[1])])
    return calls


def change_and_deliver(env, rounds, tag):
    """Three of five pieces are enough, while all five leave."""
    calls = []
    for order in make_orders(env, rounds, tag):
        notice = approve(draft(order, change(order.order_line[0], new_quantity=3)))
        picking = order.picking_ids
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        validate = "stock.picking", "button_validate", [picking.ids]
        calls.append([apply(CLERK, notice), (COLLEAGUE, *validate)])
    return calls


def change_and_invoice(env, rounds, tag):
    """The price goes up while the order is invoiced."""
    calls = []
    for order in make_orders(env, rounds, tag):
        notice = approve(draft(order, change(order.order_line[0], new_price_unit=120)))
        values = {"sale_order_ids": order.ids, "advance_payment_method": "delivered"}
        wizard = as_user(env["sale.advance.payment.inv"], COLLEAGUE).create(values)
        invoice = "sale.advance.payment.inv", "create_invoices", [wizard.ids]
        calls.append([apply(CLERK, notice), (COLLEAGUE, *invoice)])
    return calls


def change_and_cancel(env, rounds, tag):
    """A service is added for nothing while the order is cancelled."""
    calls = []
    for order in make_orders(env, rounds, tag):
        notice = approve(draft(order, add_free(env)))
        cancel = "sale.order", "action_cancel", [order.ids]
        calls.append([apply(CLERK, notice), (COLLEAGUE, *cancel)])
    return calls


# === CALLS === #


def apply(login, notice):
    return login, "sale.change.notice", "action_apply", [notice.ids]


# === RECORDS === #


def make_orders(env, rounds, tag):
    """Return confirmed orders in a company with change notices."""
    switch_changes_on(env)
    customers = make_customers(env, rounds, tag)
    lines = [
        Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": pieces,
                "price_unit": PRICE,
                "tax_ids": [Command.clear()],
            }
        )
        for product, pieces in zip(get_goods(env), PIECES, strict=True)
    ]
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "client_order_ref": tag,
                "user_id": find_user(env, CLERK).id,
                "order_line": lines,
            }
            for customer in customers
        ]
    )
    orders.action_confirm()
    return orders


def switch_changes_on(env):
    """Review changes in one step of our own; nothing else stands in the way."""
    for login in (CLERK, COLLEAGUE):
        user = ensure_user(env, login, GROUPS[0])
        user.group_ids = [Command.set([env.ref(group).id for group in GROUPS])]
    leader = ensure_user(env, LEADER, "base.group_user")
    for name in ("order_intake", "order_closure", "delivery_release"):
        if env.company._fields.get(name) and env.company[name]:
            env.company[name] = False
    get_warehouse(env).delivery_steps = "ship_only"
    flows = env["review.flow"].with_context(active_test=False)
    flows = flows.search([("model", "=", "sale.change.notice")])
    flow = flows.filtered(lambda flow: flow.name == FLOW) or make_flow(env, leader)
    (flows - flow).active = False
    env.flush_all()  # one active flow at a time
    flow.active = True


def make_flow(env, leader):
    flow = env["review.flow"].create(
        {
            "name": FLOW,
            "model_id": env["ir.model"]._get_id("sale.change.notice"),
            "company_id": env.company.id,
            "active": False,
        }
    )
    env["review.step"].create(
        {
            "flow_id": flow.id,
            "name": "Leader",
            "assign_by": "user",
            "user_id": leader.id,
            "fallback_user_id": env.ref("base.user_admin").id,
        }
    )
    return flow


def change(line, **values):
    return {"order_line_id": line.id, **values}


def add_free(env):
    product = get_products(env, "RACE-FREE", 1, type="service")
    return {
        "new_product_id": product.id,
        "new_quantity": 1,
        "new_price_unit": 0.0,
    }


def draft(order, line):
    """Return a draft of the clerk; caused by the company, so without paper."""
    return as_user(order.env["sale.change.notice"], CLERK).create(
        {
            "order_id": order.id,
            "kind": "minor" if "order_line_id" in line else "delivery",
            "caused_by": "company",
            "reason": "Race",
            "line_ids": [Command.create(line)],
        }
    )


def approve(notice):
    notice.review_submit()
    notice.change_contact("Agreed")
    as_user(notice, LEADER).review_approve(notice.review_revision)
    return notice


def as_user(records, login):
    return records.with_user(find_user(records.env, login))


def find_user(env, login):
    return env["res.users"].search([("login", "=", login)])


def get_goods(env):
    """Return goods of two kinds, with enough of them on the shelf."""
    goods = get_products(env, "RACE-C", len(PIECES), type="consu", is_storable=True)
    for product in goods:
        env["stock.quant"]._update_available_quantity(
            product, get_warehouse(env).lot_stock_id, 10_000
        )
    return goods


def get_products(env, code, count, **values):
    products = env["product.product"].search([("default_code", "=like", f"{code}%")])
    return products.sorted("default_code") or products.create(
        [
            {
                "name": f"{code}{number}",
                "default_code": f"{code}{number}",
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
                "route_ids": [Command.clear()],
                **values,
            }
            for number in range(count)
        ]
    )
