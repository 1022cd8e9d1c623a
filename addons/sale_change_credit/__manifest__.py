{
    "name": "Change Notices and Credit",
    "summary": "A change that exceeds the credit limit is decided in its review",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_change_notice", "sale_credit_limit"],
    "data": ["data/review_rule_data.xml"],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}
