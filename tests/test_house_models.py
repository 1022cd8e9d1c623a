"""Every model of ours says who may use it, and keeps companies apart."""

import os
from pathlib import Path

from addons_tree import find_addons

from odoo.tests import TransactionCase, tagged

ADDONS = Path(os.environ["ADDONS"])


@tagged("post_install", "-at_install")
class TestHouseModels(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = set(find_addons(ADDONS))
        cls.models = [
            model
            for model in map(cls.env.get, cls.env.registry)
            if model._original_module in ours and not model._abstract
        ]

    def find_rows(self, name, model):
        """Return the records of ``ir.model.access`` or ``ir.rule`` of a model."""
        return self.env[name].search([("model_id.model", "=", model._name)])

    def test_all_add_ons_are_installed(self):
        domain = [("state", "=", "installed")]
        installed = set(self.env["ir.module.module"].search(domain).mapped("name"))
        self.assertLessEqual(set(find_addons(ADDONS)), installed)

    def test_every_model_has_access_rows_with_a_group(self):
        for model in self.models:
            with self.subTest(model=model._name):
                rows = self.find_rows("ir.model.access", model)
                self.assertTrue(rows, "no access row")
                self.assertTrue(
                    all(rows.mapped("group_id.id")), "a row without a group"
                )

    def test_records_of_a_company_have_a_company_rule(self):
        for model in self.models:
            company = model._fields.get("company_id")
            if model._transient or not (company and company.store):
                continue
            with self.subTest(model=model._name):
                domains = self.find_rows("ir.rule", model).filtered("global")
                texts = domains.mapped("domain_force")
                self.assertTrue(
                    any("company_id" in (text or "") for text in texts),
                    "no global record rule on company_id",
                )
