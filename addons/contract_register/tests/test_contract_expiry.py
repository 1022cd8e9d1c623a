from datetime import datetime

from pytz import timezone, utc

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.contract_register.tests.common import ContractCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 08:00:00")
class TestContractExpiry(ContractCommon):
    """The contract of these tests ends on 31 December 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.limit = cls.env.ref("contract_register.deadline_limit_contract_expiry")

    def _find_clock(self, contract):
        return self.env["deadline.clock"].search(
            [("res_model", "=", contract._name), ("res_id", "=", contract.id)]
        )

    def test_the_owner_has_until_thirty_days_before_the_end(self):
        """CON-09: expiry reminder from the performance period; time limit 37."""
        contract = self._create_filed()

        last = timezone("Asia/Shanghai").localize(
            datetime(2026, 12, 1, 23, 59, 59)  # noqa: DTZ001
        )
        self.assertRecordValues(
            self._find_clock(contract),
            [
                {
                    "limit_id": self.limit.id,
                    "user_id": self.user.id,
                    "due_at": last.astimezone(utc).replace(tzinfo=None),
                    "state": "running",
                }
            ],
        )
        self.assertEqual(contract.deadline_at, self._find_clock(contract).due_at)

    def test_the_owner_is_reminded_and_administration_told_when_late(self):
        contract = self._create_filed()
        clock = self._find_clock(contract)

        with freeze_time("2026-11-25 08:00:00"):
            self.env["deadline.clock"]._lock_due()._notify()
        self.assertEqual(contract.activity_ids.user_id, self.user)

        with freeze_time("2026-12-02 08:00:00"):
            self.env["deadline.clock"]._lock_due()._notify()
        self.assertLessEqual(
            self.user | self.administration, contract.activity_ids.user_id
        )
        self.assertEqual(clock.state, "running")

    def test_a_contract_without_end_or_past_its_end_runs_no_clock(self):
        for date_end in (False, "2026-05-31"):
            contract = self._create_filed(date_end=date_end)
            with self.subTest(date_end=date_end):
                self.assertFalse(self._find_clock(contract))

    def test_noting_the_end_meets_the_limit_and_is_evidence(self):
        contract = self._create_filed().with_user(self.user)

        contract.action_note_expiry()

        self.assertEqual(self._find_clock(contract).state, "met")
        self.assertEqual(contract.expiry_noted_by_id, self.user)
        self.assertTrue(contract.expiry_noted_on)
        self.assertEqual(contract.state, "filed")
        with self.assertRaisesRegex(UserError, "needs no notice"):
            contract.action_note_expiry()
        with self.assertRaises(UserError):
            contract.sudo().write({"expiry_noted_on": False})

    def test_noting_the_end_late_misses_the_limit(self):
        contract = self._create_filed()

        with freeze_time("2026-12-10 08:00:00"):
            contract.with_user(self.administration).action_note_expiry()

        self.assertEqual(self._find_clock(contract).state, "missed")

    def test_only_the_owner_or_administration_notes_the_end(self):
        contract = self._create_filed()
        colleague = new_test_user(
            self.env,
            "contract_colleague",
            groups="contract_register.group_contract_user",
        )
        with self.assertRaises(AccessError):
            contract.with_user(colleague).action_note_expiry()
        with self.assertRaises(AccessError):
            contract.with_user(colleague).sudo().action_note_expiry()
        self.assertFalse(contract.expiry_noted_on)

    def test_a_draft_has_no_end_to_note(self):
        with self.assertRaisesRegex(UserError, "needs no notice"):
            self._create_contract().with_user(self.user).action_note_expiry()

    def test_closing_the_contract_ends_the_clock(self):
        contract = self._create_filed().with_user(self.administration)
        contract.close_reason = "Taken over"

        contract.action_close()

        self.assertEqual(self._find_clock(contract).state, "met")

    def test_a_company_without_the_limit_runs_no_clock(self):
        self.limit.active = False

        self.assertFalse(self._find_clock(self._create_filed()))
