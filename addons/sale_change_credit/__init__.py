from . import models


def post_init_hook(env):
    """Bring the step of this module into flows that companies already use."""
    env["review.flow"]._add_change_credit_step()
