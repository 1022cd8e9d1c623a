"""Let Odoo's test classes live outside ``odoo.addons``."""

import odoo.tests.common

#: What Odoo reads from the module of a test class, for classes without one.
DEFAULTS = {
    "test_class": "",
    "test_module": "tests",
    "test_sequence": 0,
    "test_tags": {"standard", "post_install", "-at_install"},
}

for name, value in DEFAULTS.items():
    if not hasattr(odoo.tests.common.BaseCase, name):
        setattr(odoo.tests.common.BaseCase, name, value)
