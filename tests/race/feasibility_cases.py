"""What the races of the order desk prepare; every function runs in a worker.

Each round has an order of its own, about which production and material control are
asked, in a company of its own: the other races know no order desk.
"""

from datetime import timedelta

from odoo import Command, fields

SELLER, CLERK = "race.desk.seller", "race.desk.clerk"
PRODUCTION, MATERIAL = "race.desk.production", "race.desk.material"
MANAGER, DEPUTY = "race.desk.manager", "race.desk.deputy"
MODULE = "sale_order_intake"
GROUPS = {
    SELLER: "sales_team.group_sale_salesman_all_leads",
    CLERK: f"{MODULE}.group_order_desk",
    PRODUCTION: f"{MODULE}.group_feasibility_production",
    MATERIAL: f"{MODULE}.group_feasibility_material",
    MANAGER: f"{MODULE}.group_order_refusal",
    DEPUTY: f"{MODULE}.group_order_refusal",
}
TICKS = (
    "specification",
    "model",
    "quantity",
    "technical",
    "quality",
    "date",
    "packing",
)
COMPANY = "Race desk"


def feasible_and_feasible(env, rounds, tag):
    """Both departments say feasible."""
    return [
        [answer(PRODUCTION, order), answer(MATERIAL, order)]
        for order in ask_about_orders(env, rounds, tag)
    ]


def infeasible_and_infeasible(env, rounds, tag):
    """Both departments say not feasible."""
    return [
        [answer(PRODUCTION, order, False), answer(MATERIAL, order, False)]
        for order in ask_about_orders(env, rounds, tag)
    ]


def feasible_and_infeasible(env, rounds, tag):
    """One department says feasible, the other does not."""
    return [
        [answer(PRODUCTION, order), answer(MATERIAL, order, False)]
        for order in ask_about_orders(env, rounds, tag)
    ]


def last_answer_and_edit(env, rounds, tag):
    """The seller changes the quantity while the last department says feasible."""
    orders = ask_about_orders(env, rounds, tag)
    production = ensure_member(env, PRODUCTION)
    for order in orders:
        round_ = order._get_feasibility().with_user(production)
        round_.feasibility_answer(1, True, "Yes")
    return [[answer(MATERIAL, order), edit(order)] for order in orders]


def infeasible_and_edit(env, rounds, tag):
    """The seller changes the quantity while a department says not feasible."""
    return [
        [answer(MATERIAL, order, False), edit(order)]
        for order in ask_about_orders(env, rounds, tag)
    ]


def refuse_and_accept(env, rounds, tag):
    """The manager does not accept the order, the deputy does."""
    orders = ask_about_orders(env, rounds, tag)
    seller = ensure_member(env, SELLER)
    for order in orders:
        order.with_user(seller).intake_ask_refusal("capacity", "No capacity")
    return [
        [decide(MANAGER, order, True), decide(DEPUTY, order, False)] for order in orders
    ]


# === CALLS === #


def answer(login, order, feasible=True):
    arguments = [order._get_feasibility().ids, 1, feasible, "So it is"]
    return login, "order.feasibility", "feasibility_answer", arguments


def edit(order):
    values = {"product_uom_qty": 9}
    return SELLER, "sale.order.line", "write", [order.order_line.ids, values]


def decide(login, order, refuse):
    arguments = [order.refusal_ids.ids, refuse, "So be it"]
    return login, "order.refusal", "refusal_decide", arguments


# === RECORDS === #


def ensure_company(env):
    """Return the company whose orders pass the desk and the departments."""
    companies = env["res.company"]
    company = companies.search([("name", "=", COMPANY)])
    company = company or companies.create({"name": COMPANY})
    company.order_intake = True
    company.order_feasibility = True
    return company


def ensure_member(env, login):
    """Return the user of a role in the company of the races."""
    users = env["res.users"].with_context(no_reset_password=True)
    company = ensure_company(env)
    return users.search([("login", "=", login)]) or users.create(
        {
            "name": login,
            "login": login,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.link(env.ref(GROUPS[login]).id)],
        }
    )


def ask_about_orders(env, rounds, tag):
    """Return orders about which both departments are asked, in their first round."""
    company = ensure_company(env)
    members = {login: ensure_member(env, login) for login in GROUPS}
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    env["order.risk.rule"].search([]).active = False
    orders = create_orders(env, rounds, tag, members[SELLER])
    orders.write({f"requirement_{name}": True for name in TICKS})
    for order in orders.with_user(members[CLERK]):
        order.action_intake_check_all()
        order.intake_ask_feasibility("In stock")
    return orders


def create_orders(env, rounds, tag, seller):
    """Return orders that say everything a standard order has to."""
    goods = env["product.product"].create(
        {"name": tag, "type": "consu", "list_price": 10, "taxes_id": False}
    )
    customers = env["res.partner"].create(
        [
            {"name": f"{tag} {number}", "ref": tag, "phone": "1"}
            for number in range(rounds)
        ]
    )
    line = {"product_id": goods.id, "product_uom_qty": 1, "price_unit": 10}
    return env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "user_id": seller.id,
                "intake_channel_id": env.ref(f"{MODULE}.order_channel_telephone").id,
                "commitment_date": fields.Datetime.now() + timedelta(days=20),
                "packing_method": "Case",
                "settlement_type": "monthly",
                "payment_mode": "transfer",
                "order_line": [Command.create(line)],
            }
            for customer in customers
        ]
    )
