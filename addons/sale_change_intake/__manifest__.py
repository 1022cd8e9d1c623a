{
    "name": "Change Notices and Order Desk",
    "summary": "Changes restart the class and the customer's confirmation of an order",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_change_notice", "sale_order_intake"],
    "auto_install": True,
}
