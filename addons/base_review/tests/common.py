from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.orm.model_classes import add_to_registry
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, freeze_time

from .models import ReviewTestDocument, ReviewTestLine

DOCUMENT = "review.test.document"
LINE = "review.test.line"


class ReviewCommon(TransactionCase):
    """A throw-away document, a flow of two steps, and one employee per duty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"tracking_disable": True, "lang": "en_US"})
        cls._add_test_models()
        cls._create_users()
        cls.partner = cls.env["res.partner"].create({"name": "Customer"})
        cls.flow = cls._create_flow(
            [
                {"name": "Supervisor", "user_id": cls.supervisor.id},
                {
                    "name": "Director",
                    "sequence": 20,
                    "user_id": cls.director.id,
                    "condition": "on_rules",
                    "rules": ["amount"],
                },
            ]
        )
        cls.flow.active = True
        steps = {step.name: step for step in cls.flow.step_ids}
        cls.first_step, cls.second_step = steps["Supervisor"], steps["Director"]

    @classmethod
    def _create_users(cls):
        """Create one employee per duty, in one batch."""
        names = (
            "author",
            "colleague",
            "supervisor",
            "director",
            "fallback",
            "stranger",
        )
        users = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create([cls._prepare_user(name) for name in names])
        )
        for name, user in zip(names, users, strict=True):
            setattr(cls, name, user.with_context(cls.env.context))

    @classmethod
    def _prepare_user(cls, name):
        """Return the values of an employee without any further right."""
        return {
            "name": name.capitalize(),
            "login": f"review_{name}",
            "email": f"{name}@example.com",
            "lang": "en_US",
            "group_ids": [Command.set(cls.env.ref("base.group_user").ids)],
        }

    @classmethod
    def _add_test_models(cls):
        """Add the throw-away models to registry and database, until tear-down."""
        definitions = (ReviewTestDocument, ReviewTestLine)
        for definition in definitions:
            add_to_registry(cls.registry, definition)
        cls.addClassCleanup(cls._remove_test_models)
        cls.registry._setup_models__(cls.env.cr, [DOCUMENT, LINE])
        cls.registry.init_models(
            cls.env.cr, [DOCUMENT, LINE], {"models_to_check": True}
        )
        for name in (DOCUMENT, LINE):
            cls.env["ir.model.access"].create(
                {
                    "name": name,
                    "model_id": cls.env["ir.model"]._get_id(name),
                    "group_id": cls.env.ref("base.group_user").id,
                    **dict.fromkeys(
                        ("perm_read", "perm_write", "perm_create", "perm_unlink"), True
                    ),
                }
            )

    @classmethod
    def _remove_test_models(cls):
        for name in (LINE, DOCUMENT):
            for parent in cls.registry[name]._inherit_module:
                cls.registry[parent]._inherit_children.discard(name)
            del cls.registry.models[name]

    @contextmanager
    def assertRefused(self, regex, error=UserError):  # noqa: N802
        """Expect a refusal in words, and undo what was tried."""
        with self.assertRaisesRegex(error, regex), self.cr.savepoint():
            yield

    # === FACTORIES === #

    @classmethod
    def _create_flow(cls, steps, **values):
        """Create an inactive flow; each step names its rules by their method."""
        flow = cls.env["review.flow"].create(
            {
                "name": "Test review",
                "model_id": cls.env["ir.model"]._get_id(DOCUMENT),
                **values,
            }
        )
        for step in steps:
            cls._add_step(flow, **step)
        return flow

    @classmethod
    def _add_step(cls, flow, rules=(), **values):
        defaults = {"flow_id": flow.id, "fallback_user_id": cls.fallback.id}
        records = cls.env["review.rule"].create(
            [
                {"flow_id": flow.id, "name": code, "code": code, "kind": "method"}
                for code in rules
                if code not in flow.rule_ids.mapped("code")
            ]
        )
        records |= flow.rule_ids.filtered(lambda rule: rule.code in rules)
        return cls.env["review.step"].create(
            {**defaults, "rule_ids": [Command.set(records.ids)], **values}
        )

    @classmethod
    def _create_document(cls, amount=100.0, user=None, **values):
        """Create a document with two lines, as its author."""
        return (
            cls.env[DOCUMENT]
            .with_user(user or cls.author)
            .create(
                {
                    "name": "DOC1",
                    "partner_id": cls.partner.id,
                    "amount": amount,
                    "line_ids": [
                        Command.create({"name": "one", "price": 10.0}),
                        Command.create({"name": "two", "price": 20.0}),
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _submit(cls, document=None, **values):
        document = document or cls._create_document(**values)
        document.with_user(cls.author).review_submit()
        return document

    @classmethod
    def _approve(cls, document, *users):
        for user in users:
            acting = document.with_user(user)
            acting.review_approve(document.sudo().review_revision)

    def _call(self, user, document, method, *args, **kwargs):
        """Call a method as a remote client does, without help from the test."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env[document._name].with_user(user).with_context({})
        return call_kw(model, method, [document.ids, *args], kwargs)

    def _get_notification(self, document):
        """Return the last notification about the document, sent to people."""
        return self.env["mail.message"].search(
            [
                ("model", "=", document._name),
                ("res_id", "=", document.id),
                ("message_type", "=", "user_notification"),
            ],
            limit=1,
        )

    def _tasks(self, document):
        return document.sudo().review_request_id.task_ids.sorted()


class DelegationCommon(ReviewCommon):
    """The supervisor goes away from Tuesday to Friday."""

    @classmethod
    def _delegate(cls, user=None, delegate=None, **values):
        return (
            cls.env["review.delegation"]
            .with_user(user or cls.supervisor)
            .create(
                {
                    "delegate_id": (delegate or cls.colleague).id,
                    "date_from": "2026-03-03 00:00:00",
                    "date_to": "2026-03-06 00:00:00",
                    **values,
                }
            )
        )

    def _run_cron(self, moment):
        """Do what the scheduled action does, without its commits."""
        with freeze_time(moment):
            self.env["review.delegation"]._get_due().sudo()._apply()

    def _todo(self, document):
        return self._tasks(document).filtered(lambda task: task.state == "todo")
