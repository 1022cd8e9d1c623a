"""The demo company's people: one login per role, the password is the login."""

from typing import NamedTuple


class Person(NamedTuple):
    """One login of the demo company.

    ``roles`` are the suffixes of ``yewu.role_<name>``; ``manager`` is a login.
    """

    login: str
    name: str
    roles: tuple
    department: str
    manager: str = ""


DEPARTMENTS = (
    "总经理办公室",
    "营业部",
    "财务部",
    "行政管理部",
    "仓储部",
    "采购部",
    "生产部",
    "物控部",
    "技术部",
    "流程控制部",
)

PEOPLE = (
    Person("general_manager", "总经理", ("general_manager",), "总经理办公室"),
    Person(
        "deputy_manager",
        "副总经理",
        ("deputy_manager",),
        "总经理办公室",
        "general_manager",
    ),
    Person(
        "business_manager",
        "业务经理",
        ("business_manager",),
        "营业部",
        "deputy_manager",
    ),
    Person(
        "higher_authority",
        "上一级权责主管",
        ("higher_authority",),
        "营业部",
        "deputy_manager",
    ),
    Person(
        "unit_supervisor",
        "营业单位主管",
        ("unit_supervisor",),
        "营业部",
        "higher_authority",
    ),
    Person("salesperson", "业务员甲", ("salesperson",), "营业部", "unit_supervisor"),
    Person("salesperson2", "业务员乙", ("salesperson",), "营业部", "unit_supervisor"),
    Person("sales_clerk", "销售内勤", ("sales_clerk",), "营业部", "unit_supervisor"),
    Person(
        "customer_service",
        "客服人员",
        ("customer_service",),
        "营业部",
        "business_manager",
    ),
    Person(
        "unit_accountant", "单位会计", ("unit_accountant",), "财务部", "general_manager"
    ),
    Person("finance", "财务", ("finance",), "财务部", "general_manager"),
    Person("cashier", "出纳", ("cashier",), "财务部", "finance"),
    Person(
        "administration",
        "行政管理",
        ("administration",),
        "行政管理部",
        "general_manager",
    ),
    Person("storekeeper", "库管", ("storekeeper",), "仓储部", "deputy_manager"),
    Person(
        "purchasing_head",
        "采购部领导",
        ("purchasing_head",),
        "采购部",
        "deputy_manager",
    ),
    Person("purchaser", "采购员", ("purchaser",), "采购部", "purchasing_head"),
    Person(
        "order_management",
        "合同订单管理",
        ("order_management",),
        "营业部",
        "business_manager",
    ),
    Person(
        "production_manager",
        "生产部经理",
        ("production_manager",),
        "生产部",
        "deputy_manager",
    ),
    Person(
        "material_control",
        "物控员",
        ("material_control",),
        "物控部",
        "production_manager",
    ),
    Person("technical", "技术员", ("technical",), "技术部", "production_manager"),
    Person(
        "process_control",
        "流程控制",
        ("process_control",),
        "流程控制部",
        "deputy_manager",
    ),
)

#: Who leads each department: logins.
HEADS = {
    "总经理办公室": "general_manager",
    "营业部": "business_manager",
    "财务部": "finance",
    "行政管理部": "administration",
    "仓储部": "storekeeper",
    "采购部": "purchasing_head",
    "生产部": "production_manager",
    "物控部": "material_control",
    "技术部": "technical",
    "流程控制部": "process_control",
}

#: Who of a reviewing group usually signs: logins.
SIGNERS = ("finance", "general_manager", "purchasing_head", "unit_supervisor")

#: Where each role lands after signing in.
HOMES = {
    "administration": "contract_register.contract_document_action",
    "business_manager": "sale_order_review.sale_order_action_review",
    "cashier": "account_receipt_confirmation.account_payment_action_unconfirmed",
    "customer_service": "sale.action_orders",
    "deputy_manager": "sale_order_review.sale_order_action_my_approvals",
    "finance": "sale_order_review.sale_order_action_applications",
    "general_manager": "sale_order_review.sale_order_action_review",
    "higher_authority": "sale_order_review.sale_order_action_my_approvals",
    "order_management": "stock_review.stock_picking_action_release",
    "material_control": "base_review.review_task_action",
    "process_control": "media_booking.media_enquiry_action",
    "production_manager": "sale_order_execution.production_instruction_action",
    "purchaser": "purchase_review.purchase_order_action_review",
    "purchasing_head": "purchase_review.purchase_order_action_my_approvals",
    "sales_clerk": "sale_order_intake.sale_order_action_desk",
    "salesperson": "sale_order_review.sale_order_action_review",
    "storekeeper": "stock_review.stock_picking_action_release",
    "technical": "base_review.review_task_action",
    "unit_accountant": "account_credit_limit.credit_account_action",
    "unit_supervisor": "sale_order_review.sale_order_action_my_approvals",
}
