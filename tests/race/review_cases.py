"""What the review races prepare; every function runs in a worker, as the system.

Each round has an order of its own, submitted into a flow with one step that either of
two leaders may decide.
"""

from datetime import timedelta

from credit_cases import LOGIN, ensure_user, make_orders, set_credit_control

from odoo import Command, fields

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


def delegate_and_owner(env, rounds, tag):
    """The clerk is away: his delegate and he himself approve."""
    orders = submit_orders(env, rounds, tag, name="Race delegated")
    return [[approve(CLERK, order), approve(COLLEAGUE, order)] for order in orders]


def escalate_and_approve(env, rounds, tag):
    """Time runs out, the superior takes over, while the clerk approves."""
    orders = submit_orders(env, rounds, tag, name="Race replace")
    return [[approve(CLERK, order), escalate(order)] for order in orders]


def escalate_beside_and_approve(env, rounds, tag):
    """Time runs out, the superior may decide too, while the clerk approves."""
    orders = submit_orders(env, rounds, tag, name="Race add")
    return [[approve(CLERK, order), escalate(order)] for order in orders]


def superior_and_owner(env, rounds, tag):
    """The superior and the late clerk approve."""
    orders = submit_orders(env, rounds, tag, name="Race add")
    for task in orders.review_request_id.task_ids:
        task._escalate()
    return [[approve(CLERK, order), approve(COLLEAGUE, order)] for order in orders]


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


def escalate(order):
    """What the clock calls when the time of the task runs out."""
    return LOGIN, "review.task", "_escalate", [order.review_request_id.task_ids.ids]


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
    ours = [("name", "=", name), ("model", "=", "sale.order")]
    flow = flows.search(ours) or create_flow(env, name)
    others = [("model", "=", "sale.order"), ("active", "=", True)]
    (flows.search(others) - flow).active = False
    env.flush_all()
    flow.active = True


def create_flow(env, name):
    fallback = {"fallback_user_id": env.ref("base.user_admin").id}
    steps = [{**fallback, **step} for step in STEPS[name](env)]
    flow = env["review.flow"].create(
        {
            "name": name,
            "model_id": env["ir.model"]._get_id("sale.order"),
            "company_id": env.company.id,
            "on_edit": "supersede",
            "step_ids": [Command.create(step) for step in steps],
        }
    )
    if name == "Race delegated":
        now = fields.Datetime.now()
        env["review.delegation"].create(
            {
                "user_id": ensure_user(env, CLERK).id,
                "delegate_id": ensure_user(env, COLLEAGUE).id,
                "flow_id": flow.id,
                "date_from": now - timedelta(minutes=1),
                "date_to": now + timedelta(days=9),
            }
        )
    return flow


def prepare_clerk(env, **values):
    return {"name": "Clerk", "user_id": ensure_user(env, CLERK).id, **values}


def prepare_late_clerk(env, policy):
    colleague = ensure_user(env, COLLEAGUE)
    values = {"escalation_policy": policy, "escalate_user_id": colleague.id}
    return prepare_clerk(env, **values)


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


#: The steps of each flow of the races, by its name.
STEPS = {
    FLOW: lambda env: [prepare_leaders(env)],
    "Race back": lambda env: [prepare_leaders(env), prepare_clerk(env, sequence=5)],
    "Race delegated": lambda env: [prepare_clerk(env)],
    "Race replace": lambda env: [prepare_late_clerk(env, "replace")],
    "Race add": lambda env: [prepare_late_clerk(env, "add")],
}
