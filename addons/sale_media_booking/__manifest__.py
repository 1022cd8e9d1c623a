{
    "name": "Sold Media",
    "summary": "Order lines that book faces: confirming books, cancelling releases",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["media_booking", "sale_confirm_gate", "sale_management"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/sale_media_picker_views.xml",
        "views/media_format_views.xml",
        "views/media_booking_views.xml",
        "views/sale_order_views.xml",
    ],
    "auto_install": True,
}
