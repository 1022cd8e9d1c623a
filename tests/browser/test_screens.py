"""Every main screen as its role: Chinese, and nothing in the console."""

import pytest
from playwright.sync_api import expect

#: role → (path below /odoo, a text that only this screen shows, picture of the guide)
SCREENS = {
    "salesperson": [
        ("sales", "报价单", None),
        ("order-review", "待提交", None),
        ("held-orders", "挂起原因", None),
    ],
    "unit_supervisor": [
        ("order-approvals", "主管签核", None),
        ("review-requests", "我发起的", None),
        ("reviews-done", "处理时间", None),
        ("credit-decisions", "信用决定", None),
    ],
    "unit_accountant": [
        ("credit-accounts", "可用额度", "credit-accounts"),
        ("credit-limit-changes", "额度变更", None),
        ("credit-differences", "数据差异", None),
    ],
    "finance": [("sales-applications", "财务存查", "sales-applications")],
    "cashier": [
        ("receipts-to-confirm", "待到账确认", None),
        ("receipt-confirmations", "到账确认", None),
    ],
    "administration": [("contracts", "履行截止日期", "contracts")],
    "general_manager": [
        ("price-authority", "最低 %", None),
        ("review-flows", "评审流程", None),
    ],
    "admin": [
        ("time-limits", "时限", None),
        ("clocks", "计时", None),
        ("make-up-workdays", "调休", None),
    ],
}


@pytest.mark.parametrize("role", SCREENS)
def test_screens_of_the_role_are_chinese(as_role, role):
    """Each screen opens for its role, in Chinese; console errors fail it."""
    client = as_role(role)
    for path, text, picture in SCREENS[role]:
        client.open(path).expect_text(text, ".o_action_manager")
        if picture:
            client.shot(picture)


def test_credit_account_tells_its_history(as_role):
    """The accountant opens a customer's account: figures, certification, history."""
    client = as_role("unit_accountant").open("credit-accounts")
    row = client.page.locator(".o_data_row", has_text="远大置业")
    row.locator("td.o_data_cell").first.click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    client.expect_text("额度历史", ".o_form_view")
    client.shot("credit-account")


def test_switches_stand_on_one_page(as_role):
    """Every requirement is switched on and off on one page of the settings."""
    client = as_role("admin").open("settings")
    client.page.locator(".settings_tab .tab[data-key=yewu_order_to_cash]").click()
    for switch in ("订单评审", "信用控制", "预付款已到账"):
        client.expect_text(switch, ".settings")
    client.shot("settings")


def test_what_is_missing_is_said_before_submission(as_role):
    """ORD-12: without certified credit data the dialog says so and offers no button."""
    client = as_role("salesperson").open("order-review")
    card = client.card("华联商超")
    expect(card).to_contain_text("会计未确认信用")
    card.locator("button[name=action_review_submit]").click()
    dialog = client.page.locator(".modal-dialog")
    expect(dialog).to_contain_text("未经会计确认")
    expect(dialog.locator("button[name=action_confirm]")).to_have_count(0)
    client.shot("submit-blocked")


def test_inbox_fits_a_telephone(as_role):
    """At 390 points wide the inbox names customer and amount, with both answers."""
    client = as_role("unit_supervisor", width=390, height=844).open("reviews")
    card = client.card("S00010")
    expect(card).to_contain_text("远大置业有限公司")
    expect(card).to_contain_text("142,740.00")
    expect(card.locator("button[name=action_approve]")).to_be_visible()
    expect(card.locator("button[name=action_reject]")).to_be_visible()
    client.shot("inbox-telephone")


def test_quotation_is_typed_from_scratch(as_role):
    """ORD-01, ORD-03: a typed order without channel and without stock says both."""
    client = as_role("salesperson").open("sales/new")
    page = client.page

    def choose(field, text):
        page.locator(f"[name={field}] input").first.fill(text)
        page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()
        client.settle()

    choose("partner_id", "海通物流")
    page.get_by_text("添加产品").first.click()
    line = page.locator(".o_data_row [name^=product_] input").first
    line.fill("PP-ZP")
    page.locator(".o-autocomplete--dropdown-item", has_text="自走式").first.click()
    client.settle()
    quantity = page.locator(".o_data_row [name=product_uom_qty] input")
    quantity.fill("50")
    quantity.press("Tab")
    client.settle()
    client.click("action_review_submit")

    dialog = page.locator(".modal-dialog")
    expect(dialog).to_contain_text("订货渠道")
    expect(dialog).to_contain_text("请先提出采购或生产申请")
    expect(dialog.locator("button[name=action_confirm]")).to_have_count(0)
