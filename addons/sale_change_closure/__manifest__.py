{
    "name": "Change Notices and Order Closure",
    "summary": "An approved closure ends an order that is closed to edits",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_change_notice", "sale_order_closure"],
    "auto_install": True,
}
