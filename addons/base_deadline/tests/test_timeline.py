import doctest
from datetime import datetime

from pytz import timezone

from odoo.tests import BaseCase, tagged

from .. import timeline
from ..timeline import Timeline


def moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001


@tagged("post_install", "-at_install")
class TestTimeline(BaseCase):
    """Two working days in UTC: Monday 2nd 8-12 and 13-17, Tuesday 3rd 8-12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.timeline = Timeline(
            [
                (moment(2, 8), moment(2, 12)),
                (moment(2, 13), moment(2, 17)),
                (moment(3, 8), moment(3, 12)),
            ],
            timezone("UTC"),
        )

    def test_doctests(self):
        self.assertEqual(doctest.testmod(timeline).failed, 0)

    def test_a_sum_that_ends_with_a_span_stays_on_its_side(self):
        self.assertEqual(self.timeline.add_hours(moment(2, 8), 4), moment(2, 12))
        self.assertEqual(self.timeline.add_hours(moment(2, 14), -1), moment(2, 13))

    def test_nothing_to_wait_means_the_next_moment_of_work(self):
        self.assertEqual(self.timeline.add_hours(moment(2, 9), 0), moment(2, 9))
        self.assertEqual(self.timeline.add_hours(moment(2, 20), 0), moment(3, 8))

    def test_a_short_day_counts_as_a_whole_day(self):
        self.assertEqual(self.timeline.add_days(moment(2, 17), 1), moment(3, 12))
        self.assertEqual(self.timeline.add_days(moment(2, 13), 1), moment(3, 10))

    def test_a_timeline_that_is_too_short_says_so(self):
        self.assertIsNone(self.timeline.add_hours(moment(3, 8), 5))
        self.assertIsNone(self.timeline.add_hours(moment(2, 8), -1))
        self.assertIsNone(self.timeline.get_closing(moment(3, 13)))
        self.assertIsNone(self.timeline.get_closing_before(moment(2, 9), 1))

    def test_hours_between_two_moments_skip_the_breaks(self):
        hours = self.timeline.count_hours(moment(2, 11), moment(3, 9))
        self.assertAlmostEqual(hours, 6)
