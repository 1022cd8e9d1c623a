{
    "name": "Order Desk and Delivery Release",
    "summary": "The goods of a risk order do not leave",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_intake", "stock_review"],
    "auto_install": True,
}
