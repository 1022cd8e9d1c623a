"""What the review races prepare; every function runs in a worker, as the system.

Each round has an order of its own, submitted into a flow with one step that either of
two leaders may decide.
"""

from credit_cases import LOGIN, ensure_user, make_orders, set_credit_control

from odoo import Command

LEADERS = ("race.leader1", "race.leader2")
FLOW = "Race"


def approve_and_approve(env, rounds, tag):
    first, second = LEADERS
    return [
        [approve(first, order), approve(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def approve_twice(env, rounds, tag):
    """One leader, two tabs."""
    first, _second = LEADERS
    return [
        [approve(first, order), approve(first, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def approve_and_reject(env, rounds, tag):
    first, second = LEADERS
    return [
        [approve(first, order), reject(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def approve_and_edit(env, rounds, tag):
    """The salesperson changes the quantity while the leader approves."""
    first, _second = LEADERS
    return [
        [approve(first, order), edit(order)]
        for order in submit_orders(env, rounds, tag)
    ]


# === CALLS === #


def approve(login, order):
    return login, "sale.order", "review_approve", [order.ids, order.review_revision]


def reject(login, order):
    arguments = [order.ids, order.review_revision, "Not at this price"]
    return login, "sale.order", "review_reject", arguments


def edit(order):
    values = {"product_uom_qty": 9}
    return LOGIN, "sale.order.line", "write", [order.order_line.ids, values]


# === RECORDS === #


def submit_orders(env, rounds, tag):
    """Return orders under review, each at its first revision."""
    set_credit_control(env, False)
    prepare_flow(env)
    salesperson = ensure_user(env, LOGIN)
    customers = env["res.partner"].create(
        [{"name": f"{tag} {number}", "ref": tag} for number in range(rounds)]
    )
    orders = env["sale.order"].union(*make_orders(env, customers, (1,)))
    orders.write({"user_id": salesperson.id, "order_channel": "email"})
    orders.with_user(salesperson).review_submit()
    return orders


def prepare_flow(env):
    """Make the race's flow the company's active one."""
    flows = env["review.flow"].with_context(active_test=False)
    flow = flows.search([("name", "=", FLOW)]) or create_flow(env)
    others = [("model", "=", "sale.order"), ("active", "=", True)]
    (flows.search(others) - flow).active = False
    flow.active = True


def create_flow(env):
    leaders = env["res.groups"].create({"name": "Race leaders"})
    for login in LEADERS:
        ensure_user(env, login).group_ids += leaders
    step = {
        "name": "Leaders",
        "assign_by": "group",
        "group_id": leaders.id,
        "policy": "any",
        "fallback_user_id": env.ref("base.user_admin").id,
    }
    return env["review.flow"].create(
        {
            "name": FLOW,
            "model_id": env["ir.model"]._get_id("sale.order"),
            "company_id": env.company.id,
            "on_edit": "supersede",
            "step_ids": [Command.create(step)],
        }
    )
