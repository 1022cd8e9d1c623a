{
    "name": "Order Closure and Order Review",
    "summary": "An approved closure cuts short what a review has fixed",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_closure", "sale_order_review"],
    "auto_install": True,
}
