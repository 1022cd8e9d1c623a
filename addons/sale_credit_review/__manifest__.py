{
    "name": "Credit in the Order Review",
    "summary": "Orders over the limit go to the next level, certified data come first.",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_credit_limit", "sale_order_review"],
    "data": ["data/review_rule_data.xml", "views/sale_order_views.xml"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
