"""What the races of deliveries prepare; every function runs in a worker, as the system.

Each round has an order of its own, half of it paid in advance: 100 have left already,
600 have arrived, and another 500 may leave.
"""

from credit_cases import set_credit_control, switch_reviews_off

from odoo import Command, fields

KEEPERS = ("race.keeper1", "race.keeper2")
DESK, SUPERVISOR = "race.desk", "race.supervisor"
PRICE = 100
#: Pieces of each kind of goods: gone already, the two that race, one that stays.
PIECES = (1, 5, 5, 1)
PAID = 600


def deliver_and_deliver(env, rounds, tag):
    """Two deliveries of 500 against money for one of them."""
    first, second = KEEPERS
    return [
        [validate(first, pickings[1]), validate(second, pickings[2])]
        for pickings in make_deliveries(env, rounds, tag)
    ]


def deliver_and_enlarge(env, rounds, tag):
    """One storekeeper lets 5 signed pieces go while another makes them 6."""
    first, second = KEEPERS
    return [
        [validate(first, pickings[1]), enlarge(second, pickings[1], 6)]
        for pickings in make_deliveries(env, rounds, tag)
    ]


# === CALLS === #


def validate(login, picking):
    return login, "stock.picking", "button_validate", [picking.ids]


def enlarge(login, picking, quantity):
    line = picking.move_ids.move_line_ids
    return login, "stock.move.line", "write", [line.ids, {"quantity": quantity}]


# === RECORDS === #


def make_deliveries(env, rounds, tag):
    """Return, per round, four signed deliveries of one order; the first has left."""
    switch_reviews_off(env)
    set_credit_control(env, False)
    switch_release_on(env)
    orders = make_prepaid_orders(env, rounds, tag)
    found = []
    for order in orders:
        pickings = split(order.picking_ids)
        for picking in pickings:
            sign(picking)
        pickings[0].button_validate()
        found.append(pickings)
    env.flush_all()
    return found


def switch_release_on(env):
    """Release deliveries in one step, with a flow and people of our own."""
    for login in KEEPERS:
        ensure_user(env, login, "stock.group_stock_user")
    ensure_user(env, DESK, "stock_review.group_delivery_desk")
    ensure_user(env, SUPERVISOR, "stock_review.group_delivery_supervisor")
    env.company.require_confirmed_prepayment = False
    env.company.delivery_release = True
    get_warehouse(env).delivery_steps = "ship_only"


def make_prepaid_orders(env, rounds, tag):
    """Return confirmed orders whose half has arrived."""
    customer = env["res.partner"].create({"name": tag, "ref": tag})
    lines = [
        Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": pieces,
                "price_unit": PRICE,
                "tax_ids": [Command.clear()],
            }
        )
        for product, pieces in zip(get_products(env), PIECES, strict=True)
    ]
    values = {
        "partner_id": customer.id,
        "client_order_ref": tag,
        "settlement_type": "prepayment",
        "require_payment": True,
        "prepayment_percent": 0.5,
        "order_line": lines,
    }
    orders = env["sale.order"].create([values] * rounds)
    orders.action_confirm()
    env["receipt.confirmation"]._append([prepare_receipt(order) for order in orders])
    return orders


def prepare_receipt(order):
    return {
        "company_id": order.company_id.id,
        "partner_id": order.partner_id.id,
        "source": "cashier",
        "date": fields.Date.today(),
        "currency_id": order.currency_id.id,
        "amount": PAID,
        "amount_company": PAID,
        "sale_order_id": order.id,
    }


def split(picking):
    """Return one delivery for each kind of goods."""
    picking.action_assign()
    pickings = [picking]
    for move in picking.move_ids[1:]:
        other = picking.copy({"move_ids": [], "move_line_ids": []})
        move.move_line_ids.picking_id = move.picking_id = other
        pickings.append(other)
    return pickings


def sign(picking):
    users = picking.env["res.users"]
    desk = users.search([("login", "=", DESK)])
    supervisor = users.search([("login", "=", SUPERVISOR)])
    picking.with_user(desk).review_submit()
    picking.with_user(supervisor).review_approve(picking.review_revision)


def ensure_user(env, login, group):
    users = env["res.users"].with_context(no_reset_password=True)
    groups = [Command.set(env.ref(group).ids)]
    return users.search([("login", "=", login)]) or users.create(
        {"name": login, "login": login, "group_ids": groups}
    )


def get_warehouse(env):
    return env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)


def get_products(env):
    """Return goods of four kinds: each round takes each kind from the same shelf."""
    products = env["product.product"].search([("default_code", "=like", "RACE-%")])
    if not products:
        products = products.create(
            [
                {
                    "name": f"Race {number}",
                    "default_code": f"RACE-{number}",
                    "type": "consu",
                    "is_storable": True,
                    "taxes_id": [Command.clear()],
                }
                for number in range(len(PIECES))
            ]
        )
    shelf = get_warehouse(env).lot_stock_id
    for product in products:
        env["stock.quant"]._update_available_quantity(product, shelf, 10_000)
    return products.sorted("default_code")
