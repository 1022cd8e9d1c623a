"""The people of the review benchmarks, the same for us and for the peer."""

from odoo import Command

SUPERVISORS = 42
DIRECTORS = 5
FINANCE = 3


class People:
    """42 supervisors, each named on documents, and two groups that share the rest."""

    def __init__(self, env, groups):
        self.env = env
        self.groups = env["res.groups"].union(*(env.ref(name) for name in groups))
        self.author = self._ensure("bench.author")[0]
        self.supervisors = self._ensure("bench.supervisor", SUPERVISORS)
        self.directors = self._ensure("bench.director", DIRECTORS)
        self.finance = self._ensure("bench.finance", FINANCE)
        self.director_group = self._ensure_group("Bench Directors", self.directors)
        self.finance_group = self._ensure_group("Bench Finance", self.finance)

    def _ensure(self, prefix, count=1):
        """Return the users of one duty, created when they are missing."""
        users = self.env["res.users"].with_context(no_reset_password=True)
        found = users.search([("login", "=like", f"{prefix}%")], order="login")
        return found or users.create(
            [
                {
                    "name": f"{prefix} {number:02}",
                    "login": f"{prefix}{number:02}",
                    "group_ids": [Command.set(self.groups.ids)],
                }
                for number in range(count)
            ]
        )

    def _ensure_group(self, name, users):
        groups = self.env["res.groups"]
        return groups.search([("name", "=", name)]) or groups.create(
            {"name": name, "user_ids": [Command.set(users.ids)]}
        )


#: How many of a hundred open documents wait for the supervisor, the directors, finance.
SHARES = (60, 25, 15)


def split(count):
    """Return how many of ``count`` documents wait at each of the three steps.

    >>> split(1000)
    (600, 250, 150)
    """
    first, second = (count * share // 100 for share in SHARES[:2])
    return first, second, count - first - second
