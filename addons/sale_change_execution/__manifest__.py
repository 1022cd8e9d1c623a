{
    "name": "Change Notices and Order Execution",
    "summary": "Production instructions name the change notice they follow",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["sale_change_notice", "sale_order_execution"],
    "auto_install": True,
}
