{
    "name": "Order Desk and Order Review",
    "summary": "Orders come complete from the desk to the review of their application",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_intake", "sale_order_review"],
    "data": ["data/review_rule_data.xml", "views/sale_order_views.xml"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
