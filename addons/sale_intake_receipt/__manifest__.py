{
    "name": "Order Desk and Confirmed Prepayments",
    "summary": "Prepaid orders are effective when the money has arrived",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_order_intake", "sale_receipt_confirmation"],
    "auto_install": True,
}
