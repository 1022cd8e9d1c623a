import doctest
from datetime import date

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import rate_terms
from .common import MediaCommon


@tagged("post_install", "-at_install")
class TestMediaRate(MediaCommon):
    """Rate cards: one price a day, and the most specific one."""

    def _rate(self, **values):
        return self.env["media.rate"].create({"price": 3000, **values})

    def _price(self, first, last, face=None):
        face = face or self.face
        prices = self.env["media.rate"].with_user(self.salesperson)
        return prices._get_list_price(face, first, last)[face.id]

    def test_doctests(self):
        self.assertEqual(doctest.testmod(rate_terms).failed, 0)

    def test_no_rate_is_no_price(self):
        self.assertIsNone(self._price(date(2027, 3, 1), date(2027, 3, 31)))

    def test_the_most_specific_rate_wins(self):
        """Issue 5.2: a face before its format, a season, a longer booking before."""
        self._rate(format_id=self.format.id)
        march = date(2027, 3, 1), date(2027, 3, 31)
        self.assertEqual(self._price(*march), 3000)
        self._rate(format_id=self.format.id, min_days=30, price=2500)
        self.assertEqual(self._price(*march), 2500)
        self.assertAlmostEqual(self._price(date(2027, 4, 1), date(2027, 4, 15)), 1500)
        self._rate(
            format_id=self.format.id,
            season="Spring",
            date_from=march[0],
            date_to=march[1],
            price=4000,
        )
        self.assertEqual(self._price(*march), 4000)
        self._rate(face_id=self.face.id, price=100, unit="day")
        self.assertEqual(self._price(*march), 3100)
        self.assertEqual(self._price(*march, face=self.faces[1]), 4000)

    def test_a_booking_across_a_season_pays_each_part_at_its_rate(self):
        self._rate(format_id=self.format.id, price=10, unit="day")
        self._rate(
            format_id=self.format.id,
            season="Festival",
            date_from=date(2027, 2, 6),
            date_to=date(2027, 2, 12),
            price=100,
            unit="day",
        )
        self.assertEqual(self._price(date(2027, 2, 1), date(2027, 2, 14)), 770)

    def test_a_day_without_a_rate_has_no_price(self):
        self._rate(format_id=self.format.id, date_to=date(2027, 3, 15))
        self.assertIsNone(self._price(date(2027, 3, 1), date(2027, 3, 31)))

    def test_two_rates_are_never_equally_specific(self):
        self._rate(format_id=self.format.id, date_from=date(2027, 1, 1))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._rate(format_id=self.format.id, date_to=date(2027, 1, 1))

    def test_figures_that_are_none_are_refused(self):
        with self.assertRaises(ValueError):
            self._rate(format_id=self.format.id, price=float("nan"))
        for values in ({"price": -1}, {"price": 1e16}, {"min_days": 0}):
            with (
                self.subTest(values),
                self.cr.savepoint(),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self._rate(format_id=self.format.id, **values)

    def test_a_page_of_faces_costs_few_queries(self):
        self._rate(format_id=self.format.id)
        faces = self.env["media.face"].create(
            [self._face_values(f"T-Q-{number}") for number in range(60)]
        )
        faces.flush_recordset()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            prices = self.env["media.rate"]._get_list_price(
                faces, date(2027, 3, 1), date(2027, 3, 31)
            )
        self.assertEqual(set(prices.values()), {3000})

    def test_a_composite_face_costs_what_its_parts_cost(self):
        loose = self.env["media.format"].create({"name": "Test Double"})
        pair = self.env["media.face"].create(
            self._face_values(
                "T-1-AB", format_id=loose.id, component_ids=self.faces[:2].ids
            )
        )
        self._rate(format_id=self.format.id)
        self.assertEqual(self._price(date(2027, 3, 1), date(2027, 3, 31), pair), 6000)

    def test_a_package_has_its_own_price_or_a_discount(self):
        self._rate(format_id=self.format.id)
        package = self.env["media.package"].create(
            {"name": "Both", "face_ids": self.faces[:2].ids, "discount": 10}
        )
        march = date(2027, 3, 1), date(2027, 3, 31)
        self.assertEqual(package._get_list_price(*march), 5400)
        package.price = 5000
        self.assertEqual(package._get_list_price(*march), 5000)

    def test_agency_commission_is_a_kind_of_discount(self):
        """Issue 5.2: 返点 is data; who may grant how much is one hook."""
        agency = self.env.ref("media_booking.media_discount_agency")
        self.assertEqual(agency.kind, "commission")
        self.assertEqual(agency._get_authority(self.salesperson), agency.max_percent)

    def test_only_administrators_change_rates(self):
        rate = self._rate(format_id=self.format.id)
        self.env.invalidate_all()
        for user in (self.salesperson, self.control):
            self.assertFalse(rate.with_user(user).has_access("write"))
            self.assertTrue(rate.with_user(user).has_access("read"))
        self.assertTrue(rate.with_user(self.manager).has_access("write"))
