"""What the races of order execution prepare; every function runs in a worker.

Each round has a confirmed order of its own with an issued production instruction.
"""

from credit_cases import set_credit_control, switch_reviews_off
from stock_cases import ensure_user

from odoo import Command, fields

CLERKS, MAKERS = ("race.clerk1", "race.clerk2"), ("race.maker1", "race.maker2")
INSTRUCTION = "production.instruction"
#: Switches of other capabilities that would hold the orders.
OTHERS = (
    *("order_intake", "require_confirmed_prepayment", "delivery_release"),
    *("order_change", "order_closure"),
)


def issue_twice(env, rounds, tag):
    """Two clerks issue the same draft."""
    found = make_instructions(env, rounds, tag)
    return [
        [(clerk, INSTRUCTION, "issue", [row.ids]) for clerk in CLERKS] for row in found
    ]


def acknowledge_and_change(env, rounds, tag):
    """Production takes version 1 over while the order changes."""
    found = make_issued(env, rounds, tag)
    return [
        [
            (MAKERS[0], INSTRUCTION, "acknowledge", [row.ids, 1]),
            (CLERKS[0], "sale.order.line", "write", [line.ids, {"product_uom_qty": 7}]),
        ]
        for row in found
        for line in row.order_id.order_line
    ]


def solve_twice(env, rounds, tag):
    """Two people solve the same problem."""
    found = make_issued(env, rounds, tag)
    for row in found:
        row.log_progress(0, tag, problem=True)
    return [
        [
            (maker, "production.progress", "solve", [row.progress_ids.ids, maker])
            for maker in MAKERS
        ]
        for row in found
    ]


def climb_twice(env, rounds, tag):
    """Two people ask the next rung of the same escalation."""
    make_people(env)
    found = env["order.escalation"].create([{"subject": tag}] * rounds)
    for row in found:
        row.raise_first(tag)
    calls = [[row.ids, tag, row.hop_count] for row in found]
    return [
        [(clerk, "order.escalation", "raise_next", call) for clerk in CLERKS]
        for call in calls
    ]


# === RECORDS === #


def make_people(env):
    """Follow orders, everything else off, with people of our own."""
    switch_reviews_off(env)
    set_credit_control(env, False)
    company = env.company
    company.write({name: False for name in OTHERS if name in company._fields})
    company.write({"order_execution": True, "execution_user_id": False})
    for login in CLERKS:
        ensure_user(env, login, "sale_order_execution.group_execution_clerk")
    for login in MAKERS:
        ensure_user(env, login, "sale_order_execution.group_execution_production")


def make_instructions(env, rounds, tag):
    """Return, per round, the draft of the instruction of a confirmed order."""
    make_people(env)
    goods = env["product.product"].create({"name": tag, "type": "consu"})
    customer = env["res.partner"].create({"name": tag})
    line = {"product_id": goods.id, "product_uom_qty": 5, "price_unit": 100}
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "client_order_ref": tag,
                "commitment_date": fields.Datetime.add(fields.Datetime.now(), days=30),
                "order_line": [Command.create(line)],
            }
        ]
        * rounds
    )
    orders.action_confirm()
    return orders.instruction_ids


def make_issued(env, rounds, tag):
    found = make_instructions(env, rounds, tag)
    for row in found:
        row.issue()
    return found
