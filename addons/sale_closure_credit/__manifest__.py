{
    "name": "Order Closure and Credit",
    "summary": "A closed order uses no credit, and no other way closes it",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_closure", "sale_credit_limit"],
    "auto_install": True,
}
