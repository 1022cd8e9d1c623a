"""Every add-on is wholly translated into Chinese."""

import os
from pathlib import Path

import polib
from addons_tree import find_addons
from check_translations import LANGUAGE, find_all_problems

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

ADDONS = Path(os.environ["ADDONS"])


def test_chinese_is_complete_and_not_fuzzy():
    problems = find_all_problems(ADDONS)
    assert not problems, "\n".join(problems)


@tagged("post_install", "-at_install")
class TestHouseTranslations(TransactionCase):
    def find_terms(self, module):
        """Return the terms that an export of an add-on holds now."""
        reader = TranslationModuleReader(self.env.cr, modules=[module])
        return {term for _module, _type, _name, _id, term, *_rest in reader}

    def test_catalogs_hold_every_term(self):
        for module in find_addons(ADDONS):
            with self.subTest(module=module):
                terms = self.find_terms(module)
                file = ADDONS / module / "i18n" / f"{LANGUAGE}.po"
                entries = polib.pofile(file) if file.exists() else []
                missing = terms - {entry.msgid for entry in entries}
                listed = "\n".join(sorted(missing))
                self.assertFalse(missing, f"export {module} again, missing:\n{listed}")
