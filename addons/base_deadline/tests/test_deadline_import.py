import base64
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_open

from .common import DeadlineCommon, china

HEADER = ["日期", "至", "名称", "类型", "小时数", "按周几上班"]
WEEK = [date(2026, 11, 23), "2026年11月25日", "测试假期", "放假"]
SATURDAY = [46347, None, "测试假期调休", "上班"]  # 21 November 2026


class HolidayImportCommon(DeadlineCommon):
    def _make_workbook(self, *rows, header=HEADER):
        book = Workbook()
        for row in (header, *rows):
            book.active.append(row)
        content = BytesIO()
        book.save(content)
        return content.getvalue()

    def _create_wizard(self, content, user=None, **values):
        wizards = self.env["deadline.holiday.import"].with_user(user or self.manager)
        return wizards.create(
            {"file": base64.b64encode(content), "filename": "放假.xlsx", **values}
        )

    def _get_holidays(self):
        return self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", False), ("company_id", "=", self.company.id)]
        )

    def _get_workdays(self):
        return self.env["deadline.workday"].search(
            [("company_id", "=", self.company.id)]
        )

    def _import(self, content, **values):
        wizard = self._create_wizard(content, **values)
        wizard.action_import()
        return wizard

    def _assert_nothing_entered(self):
        self.assertFalse(self._get_holidays())
        self.assertFalse(self._get_workdays())


@tagged("post_install", "-at_install")
class TestDeadlineImport(HolidayImportCommon):
    def test_holidays_and_make_up_workdays_are_entered(self):
        wizard = self._import(self._make_workbook(WEEK, SATURDAY))

        self.assertEqual(wizard.state, "done")
        self.assertEqual(wizard.summary, "2 entered, 0 were already there.")
        self.assertRecordValues(
            self._get_holidays(),
            [
                {
                    "name": "测试假期",
                    "date_from": china(2026, 11, 23),
                    "date_to": china(2026, 11, 25, 23, 59, 59),
                    "calendar_id": False,
                    "company_id": self.company.id,
                    "time_type": "leave",
                }
            ],
        )
        self.assertRecordValues(
            self._get_workdays(),
            [
                {
                    "name": "测试假期调休",
                    "date": date(2026, 11, 21),
                    "hours": 0,
                    "weekday": "0",
                    "calendar_id": False,
                }
            ],
        )

    def test_clocks_planned_afterwards_know_them(self):
        limit = self._create_limit(value=8)
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Mon 11-23 16:00"])

        self._import(self._make_workbook(WEEK, [*SATURDAY, 4]))

        # One hour on Friday, four on Saturday, three on the Thursday after the week.
        self.assertEqual(self._due(limit, (2026, 11, 20, 16)), ["Thu 11-26 11:00"])

    def test_a_test_enters_nothing(self):
        wizard = self._create_wizard(self._make_workbook(WEEK, SATURDAY))

        action = wizard.action_test()

        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.state, "tested")
        self.assertEqual(wizard.line_ids.mapped("result"), ["new", "new"])
        self._assert_nothing_entered()

    def test_a_second_import_writes_nothing(self):
        content = self._make_workbook(WEEK, SATURDAY)
        self._import(content)
        there = self._get_holidays(), self._get_workdays()

        wizard = self._import(content)

        self.assertEqual(wizard.summary, "0 entered, 2 were already there.")
        self.assertEqual((self._get_holidays(), self._get_workdays()), there)

    def test_single_days_make_up_for_the_whole_period(self):
        for day in (23, 24, 25):
            self._create_holiday(
                china(2026, 11, day), china(2026, 11, day, 23, 59, 59), self.company
            )

        wizard = self._import(self._make_workbook(WEEK))

        self.assertEqual(wizard.line_ids.result, "there")
        self.assertEqual(len(self._get_holidays()), 3)

    def test_one_schedule_alone_may_have_the_holiday(self):
        other = self._create_calendar(name="Another Schedule", tz="Asia/Tokyo")

        self._import(self._make_workbook(WEEK, SATURDAY), calendar_id=other.id)

        holiday = self._get_holidays()
        self.assertEqual(holiday.calendar_id, other)
        # Midnight of the schedule itself, an hour before Shanghai.
        self.assertEqual(holiday.date_from, china(2026, 11, 22, 23))
        self.assertEqual(self._get_workdays().calendar_id, other)
        # A holiday of one schedule is no holiday of all.
        wizard = self._import(self._make_workbook(WEEK))
        self.assertEqual(wizard.line_ids.result, "new")

    def test_what_overlaps_is_never_replaced(self):
        holiday = self._create_holiday(
            china(2026, 11, 25), china(2026, 11, 26, 23, 59, 59), self.company
        )

        wizard = self._import(self._make_workbook(WEEK, SATURDAY))

        self.assertEqual(wizard.state, "wrong")
        self.assertIn("Nothing has been entered", wizard.summary)
        wrong = wizard.line_ids.filtered(lambda line: line.result == "wrong")
        self.assertEqual(wrong.line, 2)
        self.assertRegex(wrong.text, "already belongs to .*Public Holiday")
        self.assertEqual(self._get_holidays(), holiday)
        self.assertFalse(self._get_workdays())

    def test_a_day_is_either_a_holiday_or_a_make_up_workday(self):
        self.env["deadline.workday"].create(
            {"date": "2026-11-24", "company_id": self.company.id}
        )
        wizard = self._import(self._make_workbook(WEEK))
        self.assertRegex(wizard.line_ids.text, "is already a make-up")

        self._create_holiday(china(2026, 11, 21), china(2026, 11, 21, 12), self.company)
        wizard = self._import(self._make_workbook(SATURDAY))
        self.assertRegex(wizard.line_ids.text, "already belongs to")

    def test_other_hours_of_a_make_up_workday_are_not_replaced(self):
        self._import(self._make_workbook([*SATURDAY, 4, "星期二"]))
        self.assertRecordValues(self._get_workdays(), [{"hours": 4, "weekday": "1"}])

        wizard = self._import(self._make_workbook(SATURDAY))

        self.assertRegex(wizard.line_ids.text, "with other hours")
        self.assertEqual(self._get_workdays().hours, 4)

    def test_a_make_up_workday_on_a_weekday_is_pointed_out(self):
        wizard = self._create_wizard(
            self._make_workbook(["2026-11-20", None, "测试", "上班"])
        )
        wizard.action_test()

        self.assertRegex(wizard.line_ids.text, "worked anyway")

    def test_only_managers_import(self):
        content = self._make_workbook(WEEK)
        with self.assertRaises(AccessError):
            self._create_wizard(content, user=self.clerk)

        wizard = self._create_wizard(content)
        self.env.invalidate_all()
        for name in ("action_test", "action_import"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(wizard.with_user(self.clerk), name)()

    def test_only_own_companies_and_own_imports(self):
        other = self.env["res.company"].create({"name": "Another Company"})
        with self.assertRaises(AccessError):
            self._create_wizard(
                self._make_workbook(WEEK), company_id=other.id
            ).action_import()

        wizard = self._create_wizard(self._make_workbook(WEEK))
        colleague = self._create_user(
            "deadline_colleague", "base_deadline.group_deadline_manager"
        )
        self.assertFalse(wizard.with_user(colleague).has_access("read"))

    def test_managers_edit_public_holidays_and_nobody_elses_time_off(self):
        leaves = self.env["resource.calendar.leaves"]
        period = {"date_from": china(2026, 11, 23), "date_to": china(2026, 11, 24)}
        holiday = leaves.with_user(self.manager).create({"name": "Test", **period})
        self.assertTrue(holiday.has_access("write"))
        self.assertFalse(holiday.with_user(self.clerk).has_access("write"))

        resource = self.env["resource.resource"].create(
            {"name": "Boss", "user_id": self.boss.id, "company_id": self.company.id}
        )
        away = leaves.create({"name": "Away", "resource_id": resource.id, **period})
        self.assertFalse(away.with_user(self.manager).has_access("write"))

    def test_the_templates_are_read(self):
        for lang in ("en_US", "zh_CN"):
            wizards = self.env["deadline.holiday.import"].with_context(lang=lang)
            url = wizards.action_template()["url"]
            with (
                self.subTest(lang),
                self._open_static(url) as template,
            ):
                wizard = self._create_wizard(template.read())
                wizard.action_test()
                # Every row waits for its dates: no year is shipped with them.
                self.assertEqual(set(wizard.line_ids.mapped("result")), {"wrong"})
                self.assertEqual(len(wizard.line_ids), 10)
                self.assertRegex(wizard.line_ids[0].text, "date is missing")

    def _open_static(self, url):
        return file_open(url.lstrip("/"), "rb")
