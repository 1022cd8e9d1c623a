{
    "name": "Print Forms",
    "summary": "The company's own paper forms, in labelled copies",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["web"],
    "external_dependencies": {"python": ["cn2an", "reportlab"]},
    "assets": {
        "web.assets_backend": ["base_print_form/static/src/**/*"],
        "web.assets_unit_tests": ["base_print_form/static/tests/**/*.test.js"],
    },
}
