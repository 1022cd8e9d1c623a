"""A confirmed order is changed in the web client, in Chinese, each step by its role."""

from playwright.sync_api import expect

from .dialog import DIALOG, answer, choose, fill
from .test_main_job import confirm_dialog, state_of, wait_until
from .test_order_desk import approve, open_desk, open_page, write

#: The confirmed order, what is on it, and what the customer wants instead.
ORDER, OLD, NEW = "S00028", "LB-060", "LB-120"
TEXT = "[name=text] textarea"
PAPER = {
    "name": "客户更改函.txt",
    "mimeType": "text/plain",
    "buffer": "请将 60×90 灯箱换成 120×180 灯箱。".encode(),
}


def open_notice(client):
    """Open the change notice of the order, from the board of change notices."""
    client.open("change-notices").card(ORDER).click()
    client.page.wait_for_selector(".o_form_view [name=line_ids] .o_data_row")
    client.settle()
    return client


def refuse_to_write(seller):
    """The confirmed order is closed to its own salesperson, in any client."""
    for values in ({"commitment_date": "2031-01-06 08:00:00"}, {"order_line": [[5]]}):
        refusal = write(seller, ORDER, values)["error"]["data"]["message"]
        assert "已批准的更改通知单" in refusal, refusal


def draft(seller):
    """Request another product on the line: a change of the structure."""
    page = seller.click("action_request_change").page
    row = page.locator("[name=line_ids] .o_data_row").first
    expect(row).to_contain_text(OLD)
    page.locator("[name=kind] input").click()
    page.locator(".o_select_menu_item", has_text="结构").click()
    fill(seller, "客户换用大号灯箱", "[name=reason] textarea")
    row.locator("[name=new_product_id]").click()
    choose(seller, "new_product_id", NEW, ".o_data_row")


def submit(seller):
    """Without the customer's paper it is refused; with it the review starts."""
    seller.click("action_review_submit")
    seller.expect_text("请附上客户的书面", DIALOG)
    seller.page.keyboard.press("Escape")
    seller.settle()
    upload = seller.page.locator("[name=paper_ids] input[type=file]")
    upload.set_input_files([PAPER])
    seller.expect_text(PAPER["name"], "[name=paper_ids]")
    seller.settle()
    seller.click("action_contact")
    fill(seller, "电话告知采购部：交货顺延三天，客户同意", TEXT)
    answer(seller)
    seller.click("action_review_submit")
    confirm_dialog(seller)
    assert state_of(seller) == "评审中"


def decide(manager):
    """Order management decides on the supplementary contract, then on the change."""
    open_notice(manager).click("action_supplement")
    manager.page.locator(f"{DIALOG} [name=decision] label", has_text="不需要").click()
    fill(manager, "购销单附更改通知单即可", TEXT)
    answer(manager)
    manager.click("action_review_approve")
    confirm_dialog(manager)


def expect_version(seller):
    """The order says what was approved, and since when by which notice."""
    open_page(open_desk(seller, ORDER), "order_lines")
    seller.expect_text(NEW, "[name=order_line]")
    open_page(seller, "changes")
    for product in (OLD, NEW):
        seller.expect_text(product, "[name=change_version_ids]")
    seller.shot("change-versions")


def test_structural_change_of_a_confirmed_order(as_role):
    """OCM-18 OCM-80: a confirmed order is closed; another product is reviewed again
    by production, material control, design and order management, then applied.
    """
    seller = as_role("salesperson")
    open_desk(seller, ORDER)
    refuse_to_write(seller)
    draft(seller)
    submit(seller)

    approve(as_role("unit_supervisor"), ORDER)
    production = open_notice(as_role("production_manager"))
    production.shot("change-notice")
    production.click("action_review_approve")
    confirm_dialog(production)
    for login in ("material_control", "technical"):
        approve(as_role(login), ORDER)
    decide(as_role("order_management"))

    def is_applied():
        return state_of(open_notice(seller)) == "已执行"

    wait_until(is_applied, f"the change of {ORDER} was not applied")
    expect_version(seller)
    refuse_to_write(seller)
