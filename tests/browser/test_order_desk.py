"""The order desk in the web client, in Chinese, each step by its own role."""

import datetime

from playwright.sync_api import expect

from .dialog import DIALOG, answer, choose, fill
from .test_main_job import confirm_dialog

TICKS = (
    "specification",
    "model",
    "quantity",
    "technical",
    "quality",
    "date",
    "packing",
)
TEXT = "[name=text] textarea"
RISK = "S00024"


def open_desk(client, name):
    """Open the order behind a card of the desk, at the page of the desk."""
    client.open("order-desk").card(name).click()
    client.page.wait_for_selector(".o_form_view")
    client.settle()
    return open_page(client)


def open_page(client, page="intake"):
    client.page.locator(f".o_notebook .nav-link[name={page}]").click()
    client.settle()
    return client


def save(client):
    client.page.locator(".o_form_button_save:visible").first.click()
    client.settle()


def enter_line(client, product, quantity):
    """Type one line of the order."""
    page = client.page
    page.get_by_text("添加产品").first.click()
    line = page.locator(".o_data_row [name^=product_] input").first
    line.fill(product)
    page.locator(".o-autocomplete--dropdown-item", has_text=product).first.click()
    client.settle()
    amount = page.locator(".o_data_row [name=product_uom_qty] input")
    amount.fill(quantity)
    amount.press("Tab")
    client.settle()


def enter_order(clerk):
    """The clerk enters what the customer ordered on the website; returns its number."""
    clerk.open("order-desk").page.get_by_role("button", name="新建").first.click()
    clerk.page.wait_for_selector(".o_form_view")
    clerk.settle()
    choose(clerk, "partner_id", "明光眼科医院", ".o_form_view")
    choose(clerk, "intake_channel_id", "网站", ".o_form_view")
    enter_line(clerk, "LB-060", "5")
    save(clerk)
    open_page(clerk).expect_text("请填写交货日期", "[name=intake_missing]")
    clerk.shot("desk-missing")
    return clerk.page.locator(".oe_title h1, .o_breadcrumb .active").first.inner_text()


def complete_order(clerk):
    """Delivery date and packing, then every point of the requirement."""
    date = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=20)
    control = clerk.page.locator("[name=commitment_date] input:visible").first
    control.fill(f"{date:%Y-%m-%d} 10:00:00")
    control.press("Tab")
    clerk.page.locator("[name=packing_method] input").fill("纸箱")
    for name in TICKS:
        clerk.page.locator(f"[name=requirement_{name}] input").check()
    save(clerk)
    expect(clerk.page.locator("[name=intake_missing]")).to_have_count(0)


def stage_of(client):
    current = client.page.locator("[name=intake_stage] .o_arrow_button_current")
    return current.inner_text()


def approve(supervisor, name):
    supervisor.open("reviews").expect_text(name)
    row = supervisor.page.locator(".o_data_row", has_text=name)
    row.locator("button[name=action_approve]").click()
    supervisor.settle()


def sign(customer, name):
    """The customer signs on the portal."""
    page = customer.page
    page.goto(f"{customer.base_url}/my/quotes")
    page.get_by_role("link", name=name).first.click()
    customer.expect_text("待您确认", "[name=intake_status]")
    page.locator("a[data-bs-target='#modalaccept']:visible").first.click()
    modal = page.locator("#modalaccept")
    modal.locator("input[name=signer]").fill("明光眼科采购部")
    modal.locator("a.o_web_sign_auto_button").click()
    page.wait_for_timeout(1500)
    modal.locator("button.o_portal_sign_submit").click()
    page.wait_for_selector("#modalaccept", state="hidden")
    page.wait_for_load_state()
    customer.expect_text("待发货", "[name=intake_status]")
    customer.shot("portal-order-effective")


def test_online_order_from_intake_to_signature(as_role):
    """OIN-01 OIN-02 OIN-07 OIN-08 OCM-03 OCM-04 OCM-13 SHP-02: entered, completed,
    checked, reviewed, sent, signed on the portal, confirmed and effective.
    """
    clerk = as_role("sales_clerk")
    name = enter_order(clerk).strip()
    complete_order(clerk)
    assert stage_of(clerk) == "订单评审"
    clerk.click("action_intake_check_all")
    answer(clerk)
    clerk.expect_text("✓ 客户身份", "[name=intake_check_text]")
    clerk.click("action_review_submit")
    confirm_dialog(clerk)

    approve(as_role("unit_supervisor"), name)
    open_desk(clerk, name)
    assert stage_of(clerk) == "商务报价"
    clerk.shot("desk-order")
    clerk.click("action_send_sheet")
    clerk.expect_text("订单购销单", DIALOG)
    clerk.page.locator(f"{DIALOG} button[name=action_send_mail]").click()
    clerk.settle()
    open_desk(clerk, name)
    assert stage_of(clerk) == "签订购销单"

    sign(as_role("customer"), name)
    open_desk(clerk, name).expect_text("门户签字", "[name=customer_confirmed_how]")
    assert stage_of(clerk) == "生产指令"
    clerk.open("order-desk").shot("order-desk")


def write(client, name, values):
    """Write on an order as a program of the user does; returns the answer."""
    return client.page.evaluate(
        """async ([name, values]) => {
            const call = (method, args) => fetch(`/web/dataset/call_kw/sale.order/x`, {
                method: "POST", headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", params: {
                    model: "sale.order", method, args,
                    kwargs: {context: {lang: "zh_CN"}}}}),
            }).then((answer) => answer.json());
            const found = await call("search", [[["name", "=", name]]]);
            return await call("write", [found.result, values]);
        }""",
        [name, values],
    )


def amend(clerk, quantity):
    """The customer orders less."""
    open_page(clerk, "order_lines")
    clerk.page.locator(".o_data_row [name=product_uom_qty]").first.click()
    amount = clerk.page.locator(".o_data_row [name=product_uom_qty] input")
    amount.fill(quantity)
    amount.press("Tab")
    save(clerk)
    open_page(clerk)


def refuse(clerk):
    """Neither submitted nor confirmed, and no column of the desk is forged."""
    clerk.click("action_review_submit")
    dialog = clerk.page.locator(DIALOG)
    expect(dialog).to_contain_text("风险订单")
    expect(dialog.locator("button[name=action_confirm]")).to_have_count(0)
    clerk.page.keyboard.press("Escape")
    refusal = write(clerk, RISK, {"state": "sale"})["error"]["data"]["message"]
    assert "风险订单" in refusal, refusal
    forged = write(clerk, RISK, {"risk_state": "none"})["error"]["data"]["message"]
    assert "订单受理" in forged, forged


def test_risk_order(as_role):
    """SHP-03 SHP-04 OIN-05 OIN-06: flagged by rule, refused with its reason, amended,
    checked again, cleared with an opinion by a colleague, the customer told.
    """
    clerk = as_role("sales_clerk")
    open_desk(clerk, RISK).expect_text("超过常规上限", "[name=intake_risk]")
    clerk.expect_text("请修改或取消", ".o-mail-Chatter")
    clerk.shot("desk-risk")
    refuse(clerk)
    clerk.click("action_intake_check_all")
    answer(clerk)
    clerk.expect_text("✓ 数量", "[name=intake_check_text]")
    amend(clerk, "600")
    clerk.expect_text("○ 数量", "[name=intake_check_text]")

    manager = as_role("order_management")
    open_desk(manager, RISK).click("action_intake_clear_risk")
    fill(manager, "已电话核实身份与送货地址，数量改为 600", TEXT)
    manager.shot("desk-risk-opinion")
    answer(manager)
    manager.expect_text("已解除", "[name=risk_state]")

    open_desk(clerk, RISK).click("action_intake_check_all")
    answer(clerk)
    clerk.expect_text("✓ 数量", "[name=intake_check_text]")
    clerk.click("action_intake_tell")
    fill(clerk, "订单已核实，数量改为 600，请放心。", TEXT)
    answer(clerk)
    clerk.expect_text("请放心", ".o-mail-Chatter")


def test_desk_screens_of_the_roles(as_role):
    """PPL-08, OIN-01: one queue; the seller answers, the desk decides."""
    seller = as_role("salesperson")
    open_desk(seller, "S00021").expect_text("灯箱边框", "[name=intake_clarify]")
    assert not seller.button("action_intake_check").count()
    seller.click("action_intake_clarified")
    fill(seller, "银色，离地三米", TEXT)
    answer(seller)
    expect(seller.page.locator("[name=intake_clarify]")).to_have_count(0)

    manager = as_role("order_management").open("order-exceptions")
    manager.expect_text("LED 灯条", ".o_list_view")
    manager.click("action_open_order").expect_text("S00029", ".o_form_view")
    telephone = as_role("sales_clerk", width=390, height=844)
    telephone.open("order-desk").expect_text("远大置业", ".o_kanban_view")
