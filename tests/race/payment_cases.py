"""What the races of payments prepare; every function runs in a worker, as the system.

Each round has a vendor bill of 1,000 of its own.
"""

from odoo import Command

CASHIERS = ("race.cashier1", "race.cashier2")
CLERKS = ("race.clerk1", "race.clerk2")
SIGNER = "race.signer"
BILL = 1000
PART = 600


def pay_and_pay(env, rounds, tag):
    """Two payments of 600 from one approved request of 1,000: one fits."""
    requests = approve(make_requests(env, make_bills(env, rounds, tag)))
    first, second = CASHIERS
    payments = make_payments(env, requests)
    return [
        [post(first, payments[2 * index]), post(second, payments[2 * index + 1])]
        for index in range(rounds)
    ]


def request_and_request(env, rounds, tag):
    """Two requests of 600 for one bill of 1,000: one fits."""
    first, second = CLERKS
    return [
        [ask(first, bill), ask(second, bill)] for bill in make_bills(env, rounds, tag)
    ]


# === CALLS === #


def post(login, payment):
    return login, "account.payment", "action_post", [payment.ids]


def ask(login, bill):
    values = {"move_id": bill.id, "amount": PART, "payment_mode": "cash"}
    return login, "payment.request", "create", [[values]]


# === RECORDS === #


def make_bills(env, count, tag):
    """Return posted bills with a file, in a company that pays from requests."""
    switch_on(env)
    vendor = env["res.partner"].create({"name": tag, "ref": tag})
    bills = env["account.move"].create(
        [prepare_bill(vendor, f"{tag} {number}") for number in range(count)]
    )
    bills.action_post()
    env["ir.attachment"].create(
        [
            {
                "name": "race.txt",
                "raw": b"-",
                "res_model": bill._name,
                "res_id": bill.id,
            }
            for bill in bills
        ]
    )
    return bills


def prepare_bill(vendor, ref):
    line = {
        "name": "Race",
        "quantity": 1,
        "price_unit": BILL,
        "tax_ids": [Command.clear()],
    }
    return {
        "move_type": "in_invoice",
        "partner_id": vendor.id,
        "invoice_date": "2026-03-02",
        "ref": ref,
        "invoice_line_ids": [Command.create(line)],
    }


def make_requests(env, bills):
    return env["payment.request"].create(
        [
            {"move_id": bill.id, "payment_mode": "cash", "no_order_reason": "Race"}
            for bill in bills
        ]
    )


def approve(requests):
    requests.review_submit()
    signer = requests.env["res.users"].search([("login", "=", SIGNER)])
    for request in requests:
        request.with_user(signer).review_approve(request.review_revision)
    return requests


def make_payments(env, requests):
    """Return two draft payments of 600 for each request."""
    journal = env["account.journal"].search(
        [("type", "=", "cash"), ("company_id", "=", env.company.id)], limit=1
    )
    values = [
        {
            "payment_type": "outbound",
            "partner_type": "supplier",
            "partner_id": request.partner_id.id,
            "journal_id": journal.id,
            "amount": PART,
            "payment_request_id": request.id,
        }
        for request in requests
        for _part in range(2)
    ]
    return env["account.payment"].create(values)


def switch_on(env):
    """Review payments in one step, with a flow and people of our own."""
    for login in CASHIERS:
        ensure_user(env, login, "purchase_review.group_payment_cashier")
    for login in CLERKS:
        ensure_user(env, login, "account.group_account_invoice")
    signer = ensure_user(env, SIGNER, "purchase_review.group_payment_manager")
    flows = env["review.flow"].search([("model", "=", "payment.request")])
    if "Race" in flows.mapped("name"):
        return
    flows.active = False
    step = {"name": "Race", "user_id": signer.id, "fallback_user_id": env.uid}
    env["review.flow"].create(
        {
            "name": "Race",
            "model_id": env["ir.model"]._get_id("payment.request"),
            "company_id": env.company.id,
            "active": True,
            "step_ids": [Command.create(step)],
        }
    )


def ensure_user(env, login, group):
    users = env["res.users"].with_context(no_reset_password=True)
    groups = [Command.set(env.ref(group).ids)]
    return users.search([("login", "=", login)]) or users.create(
        {"name": login, "login": login, "group_ids": groups}
    )
