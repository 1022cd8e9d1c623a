{
    "name": "Sales Confirmation Gate",
    "summary": "Hold a sales order with its reasons until nothing blocks it any more",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale", "sales_team"],
    "data": [
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/sale_order_views.xml",
        "views/sale_portal_templates.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/sale_confirm_gate_menus.xml",
    ],
}
