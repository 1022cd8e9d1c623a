{
    "name": "Order Desk and Order Execution",
    "summary": "Effective orders get their production instruction",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_intake", "sale_order_execution"],
    "auto_install": True,
}
