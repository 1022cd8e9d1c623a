"""Arguments for methods that are only known by their signature."""

import inspect
import re

#: Kinds of arguments: what a client would send, and what nobody should.
PLAIN, NONE, HOSTILE = range(3)
BOMB = "x\x00\U0001f4a3'\"%s<b>"
IDS = re.compile("ids?$|vals|domain|fields|limit|offset|entries|revision")
EMPTY = {
    **{name: {} for name in ("vals", "values", "data", "options", "context")},
    **{name: [] for name in ("vals_list", "domain", "entries", "views")},
    **{name: ["id"] for name in ("fields", "fnames", "allfields", "field_names")},
    **{name: ["id"] for name in ("fields_list", "groupby", "aggregates")},
    "attachment_ids": [],
}
WORDS = {"position": "after", "model": "res.partner", "operator": "ilike"}


class Arguments:
    """Makes arguments that fit the sampled records."""

    def __init__(self, env, samples):
        self.env = env
        self.samples = samples
        self.users = env["res.users"].search([("share", "=", False)]).ids

    def make(self, function, record, kind):
        """Return the positional arguments of a call on the record.

        :return: the list, or None where this kind adds nothing
        """
        parameters = list(inspect.signature(function).parameters.values())[1:]
        values = []
        for parameter in parameters:
            is_named = parameter.kind in (
                parameter.POSITIONAL_ONLY,
                parameter.POSITIONAL_OR_KEYWORD,
            )
            is_needed = parameter.default is parameter.empty or kind != PLAIN
            if is_named and is_needed:
                values.append(self._get_value(parameter.name.lower(), record, kind))
        return values if values or kind == PLAIN else None

    def _get_value(self, name, record, kind):
        if kind == NONE:
            return None
        if kind == HOSTILE:
            return [2**63] if IDS.search(name) else BOMB
        return self._get_plain(name, record)

    def _get_plain(self, name, record):
        known = {**EMPTY, **WORDS}
        if name in known:
            return known[name]
        if name == "revision":
            return (record and record.sudo().exists()["review_revision"]) or 1
        return "2026-01-01" if name.startswith("date") else self._get_reference(name)

    def _get_reference(self, name):
        """Return ids of existing records for what is named like them."""
        found = self.users[:1]
        if not name.startswith("user"):
            model = name.removesuffix("s").removesuffix("_id").replace("_", ".")
            found = (
                self.samples.get(f"review.{model}") or self.samples.get(model) or [1]
            )
        if name.endswith("_ids") or name in {"ids", "docids"}:
            return found[:1]
        is_number = name.endswith("_id") or name in {"limit", "offset", "amount"}
        return found[0] if is_number else "a"
