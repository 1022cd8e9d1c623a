"""The main job in the web client, in Chinese, each step by its own role."""

import time

from playwright.sync_api import expect

ORDER = "远大置业"
ANSWER = "button:not(.btn-secondary)"
APPROVE, REJECT = "action_review_approve", "action_review_reject"


def wait_until(condition, message, seconds=90):
    """Poll ``condition``: confirmation is the job of a scheduled action."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, message
        time.sleep(2)


def open_card(client, text, name=None):
    """Open the order behind a card of the review board."""
    client.open("order-review")
    client.card(name or text).click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    return client


def state_of(client):
    current = client.page.locator(".o_statusbar_status .o_arrow_button_current")
    return current.inner_text()


def confirm_dialog(client, reason=None):
    """Answer the decision dialog, with an opinion where one is given."""
    dialog = client.page.locator(".modal-dialog")
    expect(dialog).to_be_visible()
    if reason:
        dialog.locator("textarea").first.fill(reason)
    dialog.locator(f"footer {ANSWER}").first.click()
    client.settle()


def submit(seller, name):
    """Submit the draft order ``name`` from its form; the preview comes first."""
    open_card(seller, ORDER, name)
    seller.click("action_review_submit")
    seller.shot("submit-preview")
    confirm_dialog(seller)
    seller.expect_text("卡在")
    seller.shot("order-submitted")


def approve_on_board(supervisor, name):
    """Approve on the card, which shows every reason on its own."""
    card = supervisor.open("order-review").card(name)
    for chip in ("低于价格权限", "超信用额度", "无有效经销合同"):
        expect(card).to_contain_text(chip)
    supervisor.shot("order-review-kanban")
    card.locator(f"button[name={APPROVE}]").click()
    supervisor.settle()
    confirm_dialog(supervisor, "老客户，节后回款")


def approve_in_inbox(authority, name):
    """Approve in the list of everything that waits for me."""
    authority.open("reviews").expect_text(name)
    authority.shot("inbox")
    row = authority.page.locator(".o_data_row", has_text=name)
    row.locator("button[name=action_approve]").click()
    authority.settle()


def test_order_travels_to_confirmation(as_role):
    """ORD-06 ORD-07 ORD-08 ORD-09 ORD-10 ORD-13: an order over its limit, outside the
    price authority and without contract goes through both levels to confirmation.
    """
    name, seller = "S00012", as_role("salesperson")
    submit(seller, name)
    approve_on_board(as_role("unit_supervisor"), name)
    approve_in_inbox(as_role("higher_authority"), name)
    open_card(seller, ORDER, name)

    def is_confirmed():
        seller.page.reload()
        seller.page.wait_for_selector(".o_statusbar_status")
        seller.settle()
        return "销售订单" in state_of(seller)

    wait_until(is_confirmed, f"{name} was not confirmed")
    seller.page.get_by_role("tab", name="审批记录").click()
    seller.expect_text("信用放行")
    seller.shot("order-confirmed-log")


def test_rejection_asks_for_a_reason(as_role):
    """ORD-13: a rejection without reason is refused; with one it returns the order."""
    supervisor = as_role("unit_supervisor").open("order-review")
    supervisor.card("S00011").locator(f"button[name={REJECT}]").click()
    supervisor.settle()
    dialog = supervisor.page.locator(".modal-dialog")
    dialog.locator(f"footer {ANSWER}").first.click()
    supervisor.settle()
    expect(dialog).to_be_visible()
    supervisor.shot("reject-dialog")
    confirm_dialog(supervisor, "价格请按新价目重报")
    expect(supervisor.card("S00011")).to_contain_text("驳回")


def test_portal_order_is_held(as_role):
    """A customer's signature is kept, the order is held and nobody sees an error."""
    customer = as_role("customer")
    customer.page.goto(f"{customer.base_url}/my/quotes")
    customer.page.get_by_role("link", name="S00013").first.click()
    customer.page.locator("a[data-bs-target='#modalaccept']:visible").first.click()
    modal = customer.page.locator("#modalaccept")
    modal.locator("input[name=signer]").fill("明光眼科采购部")
    modal.locator("a.o_web_sign_auto_button").click()
    customer.page.wait_for_timeout(1500)
    modal.locator("button.o_portal_sign_submit").click()
    customer.page.wait_for_selector("#modalaccept", state="hidden")
    customer.page.wait_for_load_state()
    customer.shot("portal-order-held")

    seller = as_role("salesperson").open("held-orders")
    seller.expect_text("S00013")
    seller.shot("held-orders")


def test_money_releases_the_oldest_held_order(as_role):
    """Money confirmed by the cashier lets the oldest held order go, and only that."""
    cashier = as_role("cashier").open("receipts-to-confirm")
    cashier.shot("receipts-to-confirm")
    cashier.page.locator(".o_data_row", has_text="丰收农机").first.locator(
        "td.o_data_cell"
    ).nth(1).click()
    cashier.page.wait_for_selector(".o_form_view")
    cashier.settle()
    cashier.click("action_confirm_receipt")
    cashier.shot("receipt-dialog")
    cashier.page.locator(".modal-dialog footer button.btn-primary").first.click()
    cashier.settle()

    seller = as_role("unit_supervisor")

    def held():
        seller.open("held-orders")
        text = seller.page.locator(".o_content").inner_text()
        return {number for number in ("S00007", "S00008") if number in text}

    wait_until(lambda: held() == {"S00008"}, "the oldest held order was not released")
    seller.shot("held-orders-after-receipt")
