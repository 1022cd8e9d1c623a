{
    "name": "Sales Contracts",
    "summary": "Orders under framework contracts; without one the next level decides",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["contract_register", "sale_order_review"],
    "data": [
        "security/ir.model.access.csv",
        "data/review_rule_data.xml",
        "views/res_partner_category_views.xml",
        "views/sale_order_views.xml",
    ],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
