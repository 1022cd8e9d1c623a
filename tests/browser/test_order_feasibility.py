"""A non-standard order with an infeasible date, in Chinese, each step by its role."""

import datetime

from playwright.sync_api import expect

from .dialog import DIALOG, answer, fill
from .test_order_desk import TEXT, open_desk

ORDER = "S00023"
DATE = "[name={}] input"
APPROVE, REJECT = "action_approve", "action_reject"


def in_days(days):
    day = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=days)
    return f"{day:%Y-%m-%d}"


def answer_for_department(client, feasible, opinion, days=None):
    """Answer the round that waits for one's department, in words."""
    row = client.open("reviews").page.locator(".o_data_row", has_text="远大置业")
    row.first.locator(f"button[name={APPROVE if feasible else REJECT}]").click()
    client.settle()
    fill(client, opinion)
    if days:
        control = client.page.locator(DIALOG).locator(DATE.format("date_possible"))
        control.fill(in_days(days))
        control.press("Tab")
    answer(client)


def agree(clerk):
    """The customer agrees to the later date that is possible."""
    open_desk(clerk, ORDER).expect_text("尺寸超出产线", "[name=feasibility_infeasible]")
    clerk.shot("order-infeasible")
    clerk.click("action_intake_agree")
    clerk.page.locator(DIALOG).locator(DATE.format("contact")).fill("赵工")
    fill(clerk, "同意顺延到新日期，其余不变", TEXT)
    answer(clerk)


def test_infeasible_date_is_negotiated(as_role):
    """OCM-02 OCM-07 OCM-08 OCM-09: asked in parallel with the technical department,
    not feasible, a later date agreed with the customer, asked again, feasible: the
    order has the new date, and both rounds stay readable.
    """
    clerk = as_role("sales_clerk")
    open_desk(clerk, ORDER).expect_text("生产", "[name=feasibility_asked]")
    before = clerk.page.locator("[name=commitment_date]").first.inner_text()
    answer_for_department(as_role("technical"), True, "图纸可在现有基础上修改")
    production = as_role("production_manager")
    answer_for_department(production, False, "尺寸超出产线，需外协折弯", 70)
    agree(clerk)
    expect(clerk.page.locator("[name=commitment_date]").first).not_to_have_text(before)

    answer_for_department(production, True, "外协已排期")
    answer_for_department(as_role("material_control"), True, "材料 30 天内到齐")
    answer_for_department(as_role("technical"), True, "图纸照旧")
    open_desk(clerk, ORDER).expect_text("可行", "[name=feasibility_state]")
    clerk.expect_text("外协已排期", "[name=feasibility_ids]")
    expect(clerk.page.locator("[name=feasibility_infeasible]")).to_have_count(0)
