{
    "name": "Confirmed Prepayments of Orders",
    "summary": "Hold prepayment orders until the money has arrived",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["account_receipt_confirmation", "sale_confirm_gate"],
    "data": [
        "wizards/receipt_confirm_views.xml",
        "views/receipt_confirmation_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
