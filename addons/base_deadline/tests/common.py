from datetime import datetime

from pytz import timezone, utc

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.tests import TransactionCase, new_test_user

SHANGHAI = timezone("Asia/Shanghai")
MODEL = "deadline.test.document"


class DeadlineTestDocument(models.Model):
    """A throw-away document with time limits, known during the tests only."""

    _name = MODEL
    _description = "Test Document with Time Limits"
    _inherit = ["mail.thread", "mail.activity.mixin", "deadline.mixin"]
    _module = None

    name = fields.Char()
    company_id = fields.Many2one("res.company")
    user_id = fields.Many2one("res.users")


def china(*moment):
    """Return a moment told in Shanghai as naive UTC."""
    local = SHANGHAI.localize(datetime(*moment))  # noqa: DTZ001
    return local.astimezone(utc).replace(tzinfo=None)


class DeadlineCommon(TransactionCase):
    """A company of its own: 8-12 and 13-17, Monday to Friday, in Shanghai."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={"lang": "en_US", "tz": "Asia/Shanghai", "no_reset_password": True}
        )
        cls.company = cls.env["res.company"].create({"name": "Deadline Test Company"})
        cls.env.user.company_ids += cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.calendar = cls._create_calendar()
        cls.company.resource_calendar_id = cls.calendar
        cls.Clock = cls.env["deadline.clock"]
        cls.clerk = cls._create_user("deadline_clerk")
        cls.boss = cls._create_user("deadline_boss")
        cls.manager = cls._create_user(
            "deadline_manager", "base_deadline.group_deadline_manager"
        )

    @classmethod
    def _create_user(cls, login, groups="base.group_user"):
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=cls.company.id,
            lang="en_US",
            tz="Asia/Shanghai",
        )

    @classmethod
    def _create_calendar(cls, **values):
        hours = [(8, 12, "morning"), (12, 13, "lunch"), (13, 17, "afternoon")]
        attendances = [
            fields.Command.create(
                {
                    "name": f"{day} {period}",
                    "dayofweek": str(day),
                    "hour_from": hour_from,
                    "hour_to": hour_to,
                    "day_period": period,
                }
            )
            for day in range(5)
            for hour_from, hour_to, period in hours
        ]
        return cls.env["resource.calendar"].create(
            {
                "name": "Deadline Test Schedule",
                "tz": "Asia/Shanghai",
                "company_id": cls.company.id,
                "attendance_ids": attendances,
                **values,
            }
        )

    @classmethod
    def _create_limit(cls, **values):
        return cls.env["deadline.limit"].create(
            {"name": "Answer", "code": "test_answer", "value": 4, **values}
        )

    @classmethod
    def _create_holiday(cls, date_from, date_to, company=None):
        leaves = cls.env["resource.calendar.leaves"].with_company(company)
        holiday = leaves.create(
            {"name": "Public Holiday", "date_from": date_from, "date_to": date_to}
        )
        # Core computes the company in the environment of whoever flushes first.
        holiday.flush_recordset()
        return holiday

    def _due(self, limit, *starts):
        """Return the due moments in Shanghai, as readable text."""
        dues = limit._plan_due([china(*start) for start in starts], self.calendar)
        return [
            utc.localize(due).astimezone(SHANGHAI).strftime("%a %m-%d %H:%M")
            for due in dues
        ]


class DocumentCommon(DeadlineCommon):
    """The same company with a throw-away document model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._register_model()
        cls.Document = cls.env[MODEL]

    @classmethod
    def _register_model(cls):
        """Make the model known for the time of this class; its table rolls back."""
        registry = cls.registry
        cls.addClassCleanup(cls._unregister_model, registry)
        add_to_registry(registry, DeadlineTestDocument)
        registry._setup_models__(cls.env.cr, [MODEL])
        registry.init_models(
            cls.env.cr, [MODEL], {"module": "base_deadline"}, install=True
        )
        model = cls.env["ir.model"]._get(MODEL)
        cls.env["ir.model.access"].create(
            {
                "name": "test document",
                "model_id": model.id,
                "group_id": cls.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
                "perm_unlink": True,
            }
        )

    @classmethod
    def _unregister_model(cls, registry):
        """Forget the model; the test case then sets the registry up again."""
        for parent in (*DeadlineTestDocument._inherit, "base"):
            registry[parent]._inherit_children.discard(MODEL)
        del registry.models[MODEL]
        registry.registry_invalidated = True

    @classmethod
    def _create_document(cls, **values):
        return cls.Document.create(
            {"name": "D1", "company_id": cls.company.id, **values}
        )

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("base_deadline.ir_cron_notify").method_direct_trigger()

    def _get_check_moments(self):
        """Return the moments for which the scheduled action is called."""
        cron = self.env.ref("base_deadline.ir_cron_notify")
        return (
            self.env["ir.cron.trigger"]
            .search([("cron_id", "=", cron.id)])
            .mapped("call_at")
        )
