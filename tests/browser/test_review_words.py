"""The words of a review clicked in the web client, in Chinese, each by its own role."""

import pytest
from playwright.sync_api import expect

from .dialog import answer, choose, fill

ORDER, PURCHASE = "S00009", "P00004"
PAYMENT = "PR/2026/00003"


def open_task(client, text):
    """Open what waits for the person: 待我审批."""
    client.open("reviews")
    client.page.locator(".o_data_row", has_text=text).first.locator(
        "td.o_data_cell"
    ).first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    return client


def approve_task(client, text):
    """Approve with an opinion, from the page of what waits."""
    open_task(client, text).click("action_approve_with_opinion")
    answer(client)


def open_order(client, name=ORDER):
    client.open("order-review").card(name).click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    return client


def open_log(client, name=ORDER):
    """Open the page 审批记录 of an order."""
    open_order(client, name).page.get_by_role("tab", name="审批记录").click()
    return client


def expect_waiting(client, text):
    """OPS-11: whoever looks at the inbox sees what waits for him."""
    client.open("reviews").expect_text(text, ".o_action_manager")


def expect_free(client, text):
    client.open("reviews")
    expect(client.page.locator(".o_data_row", has_text=text)).to_have_count(0)


def test_transfer_and_added_reviewers(as_role):
    """转交, 加签: the authority hands on; the deputy asks two more, then decides."""
    authority, deputy = as_role("higher_authority"), as_role("deputy_manager")
    open_task(authority, ORDER).click("action_transfer")
    choose(authority, "user_id", "副总经理")
    fill(authority, "我与客户有亲属关系，请代为审批")
    authority.shot("review-transfer")
    answer(authority)
    expect_free(authority, ORDER)

    open_task(deputy, ORDER).click("action_add_reviewer")
    choose(deputy, "user_id", "业务经理")
    fill(deputy, "请先确认回款安排")
    deputy.shot("review-add-reviewer")
    answer(deputy)
    expect_free(deputy, ORDER)

    approve_task(as_role("business_manager"), ORDER)
    expect_waiting(deputy, ORDER)


def test_copies_and_comments_decide_nothing(as_role):
    """抄送, 评论: the copied colleague reads and comments; nothing is decided."""
    seller, clerk = as_role("salesperson"), as_role("sales_clerk")
    open_log(seller).click("action_review_cc")
    choose(seller, "user_ids", "销售内勤")
    fill(seller, "请准备上刊资料")
    seller.shot("review-cc")
    answer(seller)

    clerk.open("reviews-copied").expect_text(ORDER, ".o_action_manager")
    clerk.shot("review-copied")
    clerk.page.locator(".o_data_row", has_text=ORDER).first.click()
    clerk.settle()
    open_log(clerk).click("action_review_comment")
    fill(clerk, "资料已备齐")
    answer(clerk)
    open_order(seller).expect_text("资料已备齐", ".o-mail-Chatter")


def test_reminder_return_and_recall(as_role):
    """催办, 退回, 撤回, 审批记录: back to the supervisor, then back to the seller."""
    seller, deputy = as_role("salesperson"), as_role("deputy_manager")
    open_order(seller).click("action_review_remind")
    seller.expect_text("副总经理", ".o_notification")

    open_task(deputy, ORDER).click("action_return")
    choose(deputy, "step_id", "主管签核")
    fill(deputy, "请补充客户回款计划")
    deputy.shot("review-return")
    answer(deputy)
    expect_waiting(as_role("unit_supervisor"), ORDER)

    open_order(seller).click("action_review_recall")
    fill(seller, "补充回款计划后再提交")
    answer(seller)
    seller.page.get_by_role("tab", name="审批记录").click()
    for word in ("已转交", "已退回", "亲属关系", "回款安排", "补充客户回款计划"):
        seller.expect_text(word, ".o_form_view")
    seller.shot("review-log")


def test_all_departments_countersign(as_role):
    """PUR-09 会签: related departments and finance; the order waits for both."""
    storekeeper, finance = as_role("storekeeper"), as_role("finance")
    open_task(storekeeper, PURCHASE).shot("purchase-task")
    approve_task(storekeeper, PURCHASE)
    expect_free(storekeeper, PURCHASE)
    buyer = as_role("purchaser").open("purchase-review")
    expect(buyer.card(PURCHASE)).to_contain_text("财务")

    approve_task(finance, PURCHASE)
    buyer.open("purchase-review").card(PURCHASE).click()
    buyer.page.wait_for_selector(".o_form_view")
    buyer.settle()
    buyer.shot("purchase-approved")
    buyer.click("button_confirm")
    answer(buyer)  # what becomes of the other suppliers' offers
    buyer.expect_text("采购订单", ".o_arrow_button_current")


def test_any_manager_signs_a_payment(as_role):
    """TRD-07 或签: general manager or deputy; the cashier pays what was signed."""
    general, deputy = as_role("general_manager"), as_role("deputy_manager")
    expect_waiting(general, PAYMENT)
    approve_task(deputy, PAYMENT)
    expect_free(general, PAYMENT)

    cashier = as_role("cashier").open("payments-to-make")
    cashier.shot("payments-to-make")
    cashier.page.locator(".o_data_row", has_text=PAYMENT).first.locator(
        "td.o_data_cell"
    ).first.click()
    cashier.page.wait_for_selector(".o_form_view")
    cashier.settle()
    cashier.click("action_pay")
    cashier.shot("payment-dialog")
    cashier.page.locator(".modal-dialog footer button.btn-primary").first.click()
    cashier.settle()
    cashier.open("payments-to-make")
    expect(cashier.page.locator(".o_data_row", has_text=PAYMENT)).to_have_count(0)


def test_delivery_is_signed_before_it_leaves(as_role):
    """TRD-12, OCM-64: the supervisor signs, then the storekeeper lets the goods go."""
    desk = as_role("order_management").open("held-deliveries")
    desk.expect_text("逾期", ".o_action_manager")
    desk.shot("held-deliveries")
    approve_task(as_role("unit_supervisor"), "WH/OUT/00003")

    store = as_role("storekeeper").open("delivery-releases")
    store.shot("delivery-releases")
    store.card("WH/OUT/00003").click()
    store.page.wait_for_selector(".o_form_view")
    store.settle()
    store.click("button_validate")
    store.expect_text("完成", ".o_arrow_button_current")


def test_somebody_decides_while_the_supervisor_is_away(as_role):
    """委托: what is open goes to the delegate, and comes back when it ends."""
    supervisor = as_role("unit_supervisor").open("review-delegations/new")
    choose(supervisor, "delegate_id", "业务经理", "")
    fill(supervisor, "外出开会", "[name=reason] input, [name=reason] textarea")
    until = supervisor.page.locator("[name=date_to] input")
    until.fill("+3d")
    until.press("Tab")
    supervisor.page.locator(".o_form_button_save").first.click()
    supervisor.settle()
    supervisor.shot("review-delegation")
    expect_waiting(as_role("business_manager"), "S00010")

    supervisor.click("action_end")
    supervisor.page.locator(".modal-dialog footer button.btn-primary").first.click()
    supervisor.settle()
    expect_waiting(supervisor, "S00010")


def test_a_leaver_hands_over(as_role):
    """离职交接: the general manager names the successor and sees what moves."""
    manager = as_role("general_manager").open("review-flows")
    manager.page.get_by_role("button", name="配置").click()
    manager.page.get_by_role("menuitem", name="离职交接").click()
    manager.page.wait_for_selector(".modal-dialog .o_form_view")
    choose(manager, "user_id", "副总经理")
    choose(manager, "successor_id", "业务经理")
    fill(manager, "调任外地", "[name=reason] input, [name=reason] textarea")
    manager.settle()
    manager.shot("review-handover")
    answer(manager, close=False)
    manager.shot("review-handover-done")


@pytest.mark.parametrize("tab", ["review-requests", "reviews-done", "reviews-copied"])
def test_every_tab_fits_a_telephone(as_role, tab):
    """我发起的, 已办, 抄送我 at 390 points: cards, nothing beyond the edge."""
    client = as_role("salesperson", width=390, height=844).open(tab)
    width = client.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    client.shot(f"{tab}-telephone")
