from . import models
from . import wizards


def post_init_hook(env):
    """Fill in the stored figures where the control is on already."""
    companies = env["res.company"].search([("credit_control", "=", True)])
    companies._credit_control_switched_on()
