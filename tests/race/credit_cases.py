"""What the credit races prepare; every function runs in a worker, as the system.

Each round has customers of its own with a limit of 1,000. A function returns, for
each round, the calls ``(login, model, method, arguments)`` that start together.
"""

from odoo import Command

LIMIT = 1000
LOGIN = "race.sales"
PRICE = 100


def confirm_and_confirm(env, rounds, tag):
    """Two orders of 600: one fits."""
    orders = make_orders(env, make_customers(env, rounds, tag), (6, 6))
    return [[confirm(first), confirm(second)] for first, second in orders]


def confirm_three(env, rounds, tag):
    """Three orders of 400: two fit."""
    orders = make_orders(env, make_customers(env, rounds, tag), (4, 4, 4))
    return [[confirm(order) for order in group] for group in orders]


def confirm_and_amend(env, rounds, tag):
    """400 confirmed; another 500, or 200 more on the first: one of them fits."""
    orders = make_orders(env, make_customers(env, rounds, tag), (4, 6))
    running = env["sale.order"].union(*(first for first, _second in orders))
    running.action_confirm()
    return [[confirm(second), amend(first, 6)] for first, second in orders]


def confirm_batches(env, rounds, tag):
    """Two batches over the same two customers, in opposite order.

    The first customer has four orders of 300 (three fit), the second two of 600.
    """
    customers = make_customers(env, 2 * rounds, tag)
    small = make_orders(env, customers[:rounds], (3, 3, 3, 3))
    large = make_orders(env, customers[rounds:], (6, 6))
    return [
        [confirm(a, b, e), confirm(f, c, d)]
        for (a, b, c, d), (e, f) in zip(small, large, strict=True)
    ]


def confirm_without_account(env, rounds, tag):
    """As two orders of 600, with a limit but no row to lock yet."""
    calls = confirm_and_confirm(env, rounds, tag)
    env.flush_all()
    env.cr.execute(
        "DELETE FROM credit_account a USING res_partner p"
        " WHERE p.id = a.partner_id AND p.ref = %s",
        [tag],
    )
    return calls


# === CALLS === #


def confirm(*orders):
    return LOGIN, "sale.order", "action_confirm", [[order.id for order in orders]]


def amend(order, quantity):
    values = {"product_uom_qty": quantity}
    return LOGIN, "sale.order.line", "write", [order.order_line.ids, values]


# === RECORDS === #


def make_customers(env, count, tag):
    """Return customers with the limit and, where it is on, a credit account."""
    switch_reviews_off(env)
    set_credit_control(env, True)
    ensure_user(env, LOGIN)
    customers = env["res.partner"].create(
        [{"name": f"{tag} {number}", "ref": tag} for number in range(count)]
    )
    env.flush_all()
    # The guarded way to a limit is not what races here.
    env.cr.execute(
        "UPDATE res_partner SET credit_limit = jsonb_build_object(%s, %s::float8)"
        " WHERE ref = %s",
        [str(env.company.id), LIMIT, tag],
    )
    env.invalidate_all()
    env["credit.account"]._ensure(customers, env.company)
    return customers


def make_orders(env, customers, quantities):
    """Return, per customer, one quotation for each of the quantities."""
    product = get_product(env)
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": PRICE,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
            for customer in customers
            for quantity in quantities
        ]
    )
    size = len(quantities)
    return [orders[start : start + size] for start in range(0, len(orders), size)]


def set_credit_control(env, is_on):
    if env.company.credit_control != is_on:
        env.company.credit_control = is_on


def switch_reviews_off(env):
    """Confirm without a review: the credit check alone decides."""
    flows = env["review.flow"].search([("model", "=", "sale.order")])
    flows.active = False


def ensure_user(env, login):
    """Return a salesperson who sees every order."""
    users = env["res.users"].with_context(no_reset_password=True)
    group = env.ref("sales_team.group_sale_salesman_all_leads")
    return users.search([("login", "=", login)]) or users.create(
        {"name": login, "login": login, "group_ids": [Command.set(group.ids)]}
    )


def get_product(env):
    products = env["product.product"]
    values = {
        "name": "Race",
        "default_code": "RACE",
        "type": "service",
        "list_price": PRICE,
        "taxes_id": [Command.clear()],
    }
    return products.search([("default_code", "=", "RACE")], limit=1) or products.create(
        values
    )
