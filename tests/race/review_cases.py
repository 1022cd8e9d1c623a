"""What the review races prepare; every function runs in a worker, as the system.

Each round has an order of its own, submitted into a flow with one step that either of
two leaders may decide.
"""

from credit_cases import LOGIN, ensure_user, make_orders, set_credit_control

from odoo import Command

LEADERS = ("race.leader1", "race.leader2")
CLERK, COLLEAGUE = "race.clerk", "race.colleague"
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


def transfer_and_approve(env, rounds, tag):
    """One leader hands the task to a colleague while the other approves it."""
    first, second = LEADERS
    return [
        [transfer(first, order), approve(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def transfer_and_transfer(env, rounds, tag):
    first, second = LEADERS
    return [
        [transfer(first, order), transfer(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def add_before_and_approve(env, rounds, tag):
    """One leader asks a colleague first while the other approves."""
    first, second = LEADERS
    return [
        [add_reviewer(first, order, "before"), approve(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def add_after_and_approve(env, rounds, tag):
    """One leader asks a colleague afterwards while the other approves."""
    first, second = LEADERS
    return [
        [add_reviewer(first, order, "after"), approve(second, order)]
        for order in submit_orders(env, rounds, tag)
    ]


def return_and_approve(env, rounds, tag):
    """One leader sends the order back to the clerk while the other approves."""
    first, second = LEADERS
    orders = submit_orders(env, rounds, tag, name="Race back")
    clerk = ensure_user(env, CLERK)
    for order in orders:
        order.with_user(clerk).review_approve(order.review_revision)
    step = orders.review_request_id.task_ids.step_id.sorted()[0]
    return [[send_back(first, order, step), approve(second, order)] for order in orders]


# === CALLS === #


def approve(login, order):
    return login, "sale.order", "review_approve", [order.ids, order.review_revision]


def reject(login, order):
    arguments = [order.ids, order.review_revision, "Not at this price"]
    return login, "sale.order", "review_reject", arguments


def transfer(login, order):
    """Hand the task to the colleague; the prepared orders know who that is."""
    colleague = ensure_user(order.env, COLLEAGUE).id
    arguments = [order.ids, order.review_revision, colleague, "Away"]
    return login, "sale.order", "review_transfer", arguments


def add_reviewer(login, order, position):
    colleague = ensure_user(order.env, COLLEAGUE).id
    arguments = [order.ids, order.review_revision, colleague, position, "Look"]
    return login, "sale.order", "review_add_reviewer", arguments


def send_back(login, order, step):
    arguments = [order.ids, order.review_revision, step.id, "Again"]
    return login, "sale.order", "review_return", arguments


def edit(order):
    values = {"product_uom_qty": 9}
    return LOGIN, "sale.order.line", "write", [order.order_line.ids, values]


# === RECORDS === #


def submit_orders(env, rounds, tag, name=FLOW):
    """Return orders under review, each at its first revision."""
    set_credit_control(env, False)
    ensure_user(env, COLLEAGUE)
    prepare_flow(env, name)
    salesperson = ensure_user(env, LOGIN)
    customers = env["res.partner"].create(
        [{"name": f"{tag} {number}", "ref": tag} for number in range(rounds)]
    )
    orders = env["sale.order"].union(*make_orders(env, customers, (1,)))
    orders.write({"user_id": salesperson.id, "order_channel": "email"})
    orders.with_user(salesperson).review_submit()
    return orders


def prepare_flow(env, name):
    """Make one of the race's flows the company's active one."""
    flows = env["review.flow"].with_context(active_test=False)
    flow = flows.search([("name", "=", name)]) or create_flow(env, name)
    others = [("model", "=", "sale.order"), ("active", "=", True)]
    (flows.search(others) - flow).active = False
    env.flush_all()
    flow.active = True


def create_flow(env, name):
    steps = [prepare_leaders(env)]
    if name != FLOW:
        clerk = ensure_user(env, CLERK)
        steps.append({"name": "Clerk", "sequence": 5, "user_id": clerk.id})
    fallback = {"fallback_user_id": env.ref("base.user_admin").id}
    return env["review.flow"].create(
        {
            "name": name,
            "model_id": env["ir.model"]._get_id("sale.order"),
            "company_id": env.company.id,
            "on_edit": "supersede",
            "step_ids": [Command.create({**fallback, **step}) for step in steps],
        }
    )


def prepare_leaders(env):
    """Return the step that either leader may decide."""
    name = "Race leaders"
    groups = env["res.groups"]
    leaders = groups.search([("name", "=", name)]) or groups.create({"name": name})
    for login in LEADERS:
        ensure_user(env, login).group_ids += leaders
    return {
        "name": "Leaders",
        "assign_by": "group",
        "group_id": leaders.id,
        "policy": "any",
    }
