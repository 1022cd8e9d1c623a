"""Forgetting what the registry remembers about working time and time limits."""


def forget(env):
    """Clear the caches now for this transaction, and again for all once it commits.

    Between the two, another thread may have remembered what this transaction is about
    to change. Other processes are told by Odoo's own signal.
    """
    env.registry.clear_cache()
    env.cr.postcommit.add(env.registry.clear_cache)
