{
    "name": "Change Notices and Order Review",
    "summary": "An approved change notice changes what a review has fixed",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_change_notice", "sale_order_review"],
    "auto_install": True,
}
