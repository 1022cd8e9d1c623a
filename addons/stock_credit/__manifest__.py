{
    "name": "Delivery Release by Settlement",
    "summary": "Deliveries wait for money, credit or recorded cash, as was agreed",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": [
        "sale_credit_limit",
        "sale_receipt_confirmation",
        "sale_stock",
        "stock_review",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/stock_credit_rules.xml",
        "wizards/cash_handover_record_views.xml",
        "views/cash_handover_views.xml",
        "views/account_payment_views.xml",
        "views/stock_picking_views.xml",
    ],
    "auto_install": True,
}
