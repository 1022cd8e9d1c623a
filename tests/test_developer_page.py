"""The developer's page keeps its word: its code runs, and has fifteen lines."""

import re
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.orm.model_classes import add_to_registry
from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools.convert import convert_csv_import

PAGE = Path(__file__).parents[1] / "docs" / "developer-review.md"
BLOCK = re.compile(
    r"^\*\*(\S+?)\*\*[^\n]*\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL
)
LINES = 15
MODEL = "loan.order"


def read_blocks():
    """Return the code of the page by the file it stands for."""
    return dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def test_the_fifteen_lines_are_fifteen():
    adopter = [code for path, code in read_blocks().items() if "loan_review/" in path]
    lines = [line for code in adopter for line in code.splitlines() if line.strip()]
    assert len(adopter) == 4
    assert len(lines) == LINES


class TestDeveloperPage(TransactionCase):
    """A loan goes through review with nothing but the code of the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        cls.blocks = read_blocks()
        cls._add_models()
        cls._add_people()
        cls.view = cls._add_views()
        cls._add_data()
        cls.flow = cls.env.ref("loan_review.review_flow_loan")
        cls.flow.action_toggle()

    @classmethod
    def _add_models(cls):
        """Add the models of the page to registry and database, until tear-down."""
        for module in ("loan", "loan_review"):
            add_to_registry(cls.registry, cls._define(module))
        cls.addClassCleanup(cls._remove_model)
        cls.registry._setup_models__(cls.env.cr, [MODEL])
        cls.registry.init_models(cls.env.cr, [MODEL], {"models_to_check": True})
        access = dict.fromkeys(("perm_read", "perm_write", "perm_create"), True)
        model_id = cls.env["ir.model"]._get_id(MODEL)
        group_id = cls.env.ref("base.group_user").id
        cls.env["ir.model.access"].create(
            {"name": MODEL, "model_id": model_id, "group_id": group_id, **access}
        )
        cls.env["ir.model.data"].create(
            {
                "module": "loan",
                "name": "model_loan_order",
                "model": "ir.model",
                "res_id": model_id,
            }
        )

    @classmethod
    def _define(cls, module):
        """Return the class a file of the page defines, for the tests only."""
        code = cls.blocks[f"{module}/models/loan_order.py"]
        # Without a module: neither kept for other databases nor reflected as data.
        code = code.replace("    _name =", "    _module = None\n    _name =")
        namespace = {"__name__": f"odoo.addons.{module}.models.loan_order"}
        exec(code, namespace)  # noqa: S102
        return namespace["LoanOrder"]

    @classmethod
    def _remove_model(cls):
        for parent in cls.registry[MODEL]._inherit_module:
            if parent != MODEL:
                cls.registry[parent]._inherit_children.discard(MODEL)
        del cls.registry.models[MODEL]

    @classmethod
    def _add_people(cls):
        cls.clerk = new_test_user(cls.env, "page_clerk", groups="base.group_user")
        cls.head = new_test_user(cls.env, "page_head", groups="base.group_user")
        employees = cls.env["hr.employee"]
        head = employees.create({"name": "Head", "user_id": cls.head.id})
        employees.create(
            {"name": "Clerk", "user_id": cls.clerk.id, "parent_id": head.id}
        )

    @classmethod
    def _add_views(cls):
        """Create the form of the loan and the view that inherits it."""
        views = cls.env["ir.ui.view"]
        form = {
            "name": MODEL,
            "model": MODEL,
            "arch": cls.blocks["loan/views/loan_order_views.xml"],
        }
        form = views.create(form)
        snippet = cls.blocks["loan_review/views/loan_order_views.xml"]
        views.create(
            {
                "name": f"{MODEL}.review",
                "model": MODEL,
                "inherit_id": form.id,
                "arch": f"<data>{snippet}</data>",
            }
        )
        return form

    @classmethod
    def _add_data(cls):
        """Load the data files as an installation does."""
        for name in ("review.flow.csv", "review.step.csv"):
            path = f"loan_review/data/{name}"
            content = cls.blocks[path].encode()
            convert_csv_import(cls.env, "loan_review", path, content)

    def _create_loan(self):
        loan = Form(self.env[MODEL].with_user(self.clerk), view=self.view)
        loan.name, loan.amount = "Projector", 500.0
        return loan.save()

    def _get_task(self, loan, user):
        self.env.invalidate_all()
        tasks = self.env["review.task"].with_user(user)
        return tasks.search([("mine", "=", True), ("res_model", "=", loan._name)])

    def _assert_refused(self, method, regex):
        with self.assertRaisesRegex(UserError, regex), self.cr.savepoint():
            method()

    def test_the_form_has_the_button_and_the_log(self):
        arch = etree.fromstring(self.env[MODEL].get_view(self.view.id)["arch"])
        self.assertTrue(arch.xpath("//button[@name='action_review_submit']"))
        self.assertTrue(arch.xpath("//field[@name='review_log_html']"))

    def test_the_gate_is_closed_until_the_manager_approves(self):
        loan = self._create_loan()
        self._assert_refused(loan.action_done, "submit it first")
        self._assert_refused(loan.sudo().action_done, "submit it first")

        loan.review_submit()

        self._assert_refused(loan.action_done, "waits for")
        task = self._get_task(loan, self.head)
        self.assertEqual(task.res_name, "Projector")
        task.action_approve()
        self.assertIn("page_head", str(loan.review_log_html))
        loan.action_done()
        self.assertEqual(loan.state, "done")
        self._assert_refused(lambda: loan.write({"amount": 1.0}), "cannot change")

    def test_a_change_withdraws_the_review(self):
        loan = self._create_loan()
        loan.review_submit()
        loan.amount = 900.0
        self.assertEqual(loan.review_state, "none")
        loan.review_submit()
        self._get_task(loan, self.head).action_approve()
        self.assertEqual(loan.review_state, "approved")

    def test_rejecting_asks_why(self):
        loan = self._create_loan()
        loan.review_submit()
        head = loan.with_user(self.head)
        self._assert_refused(lambda: head.review_reject(1, ""), "Say why")
        head.review_reject(1, "too long")
        self.assertEqual(loan.review_state, "rejected")
        self._assert_refused(loan.action_done, "too long")

    def test_off_means_untouched(self):
        self.flow.action_toggle()
        loan = self._create_loan()
        loan.action_done()
        self.assertEqual(loan.state, "done")
