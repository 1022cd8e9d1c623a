{
    "name": "Media Leases",
    "summary": "Leases of sites with recurring vendor bills for their landlords",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["account", "media_booking"],
    "data": [
        "security/ir.model.access.csv",
        "security/media_lease_rules.xml",
        "data/media_lease_data.xml",
        "views/media_lease_views.xml",
    ],
    "auto_install": True,
}
