import base64
import io
from datetime import date

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CreditCommon

HEADER = ["customer", "limit", "policy", "term_days", "valid_until"]


@tagged("post_install", "-at_install")
class TestImport(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.ref = "00123"
        cls.other = cls._create_customer("Night Market", 0)

    def _create_wizard(self, rows, header=HEADER, user=None):
        workbook = Workbook()
        for row in [header, *rows]:
            workbook.active.append(row)
        stream = io.BytesIO()
        workbook.save(stream)
        return (
            self.env["credit.limit.import"]
            .with_user(user or self.certifier)
            .create(
                {
                    "company_id": self.company.id,
                    "file": base64.b64encode(stream.getvalue()),
                    "filename": "limits.xlsx",
                }
            )
        )

    def test_import_writes_limits_and_terms(self):
        """Opening limits come from a workbook, references stay text."""
        wizard = self._create_wizard(
            [
                ["00123", 5000, "limit", 30, date(2030, 12, 31)],
                ["Night Market", "1,200.50", "Cash only", None, None],
            ]
        )

        wizard.action_import()

        self.assertEqual(wizard.changed_count, 2)
        account = self._get_account()
        self.assertEqual(account.limit_permanent, 5000)
        self.assertEqual(account.term_days, 30)
        self.assertEqual(account.valid_until, date(2030, 12, 31))
        self.assertEqual(self._get_account(self.other).policy, "cash_only")
        change = self.env["credit.limit.change"].search(
            [("partner_id", "=", self.customer.id)], limit=1
        )
        self.assertEqual((change.origin, change.reason), ("import", "limits.xlsx"))

    def test_test_pass_writes_nothing(self):
        """The test says what would change."""
        wizard = self._create_wizard([["00123", 5000]])

        wizard.action_test()

        self.assertEqual(wizard.changed_count, 1)
        self.assertEqual(self._get()["limit"], 1000)

    def test_second_import_writes_nothing(self):
        """Unchanged rows are skipped."""
        rows = [["00123", 5000, "limit", 30, "2030-12-31"], ["Night Market", 0]]
        self._create_wizard(rows).action_import()
        version = self._get_account().version
        changes = self.env["credit.limit.change"].search_count([])

        wizard = self._create_wizard(rows)
        wizard.action_import()

        self.assertEqual((wizard.changed_count, wizard.unchanged_count), (0, 2))
        self.assertEqual(self._get_account().version, version)
        self.assertEqual(self.env["credit.limit.change"].search_count([]), changes)

    def test_bad_rows_are_set_aside_with_place_and_remedy(self):
        """Each error names row and column and says what to do."""
        wizard = self._create_wizard(
            [
                ["Nobody", 1],
                ["00123", "nan"],
                ["00123", -5],
                ["00123", 10, "trust", 1.5, "soon"],
                [None, 7],
                ["Night Market", 70],
                ["Night Market", 80],
            ]
        )

        wizard.action_import()

        self.assertEqual(
            [(line.row, line.value) for line in wizard.line_ids],
            [
                (2, "Nobody"),
                (3, "nan"),
                (4, "-5"),
                (5, "trust"),
                (5, "1.5"),
                (5, "soon"),
                (6, ""),
                (8, "Night Market"),
            ],
        )
        self.assertTrue(all(line.column and line.remedy for line in wizard.line_ids))

    def test_ambiguous_name_is_set_aside(self):
        """A name that two customers have needs a reference."""
        self._create_customer("Night Market", 0)

        wizard = self._create_wizard([["Night Market", 70]])
        wizard.action_import()

        self.assertEqual(wizard.changed_count, 0)
        self.assertIn("reference", wizard.line_ids.remedy)

    def test_unreadable_file_and_header(self):
        """What is no workbook, or has no header, is refused in words."""
        wizard = self._create_wizard([["00123", 5]], header=["a", "b"])
        with self.assertRaises(UserError):
            wizard.action_test()
        wizard.file = base64.b64encode(b"not a workbook")
        with self.assertRaises(UserError):
            wizard.action_test()

    def test_only_certifiers_import(self):
        """ORD-12: others cannot import limits."""
        with self.assertRaises(AccessError):
            self._create_wizard([["00123", 5]], user=self.viewer).action_import()
