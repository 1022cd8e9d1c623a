{
    "name": "Media Orders and Order Review",
    "summary": "Another face or another period is reviewed again",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_media_booking", "sale_order_review"],
    "auto_install": True,
}
