from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

MODULE = "stock_review"


class DeliveryMixin:
    """A store with its people, for the company of the tests."""

    @classmethod
    def _set_up_delivery(cls):
        """Create people and goods, and switch the release on."""
        cls.keeper = cls._create_user("release_keeper", "stock.group_stock_user")
        cls.desk = cls._create_user("release_desk", f"{MODULE}.group_delivery_desk")
        cls.supervisor = cls._create_user(
            "release_supervisor", f"{MODULE}.group_delivery_supervisor"
        )
        cls.fallback = cls._create_user("release_fallback", "base.group_user")
        (cls.desk.partner_id | cls.company.partner_id).lang = "en_US"
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.warehouse.delivery_steps = "ship_only"
        cls.stock = cls.warehouse.lot_stock_id
        cls.outside = cls.env.ref("stock.stock_location_customers")
        cls._switch_on()

    @classmethod
    def _create_user(cls, name, groups):
        return new_test_user(
            cls.env,
            name,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _switch_on(cls):
        cls.company.delivery_release_fallback_id = cls.fallback
        cls.company.delivery_release = True
        cls.flow = cls.env["review.flow"]._get_flow("stock.picking", cls.company)

    @classmethod
    def _create_goods(cls, name, quantity=0):
        product = cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
                "route_ids": [Command.clear()],
            }
        )
        cls.env["stock.quant"]._update_available_quantity(product, cls.stock, quantity)
        return product

    @classmethod
    def _create_delivery(cls, quantity=5, product=None, confirm=True, **values):
        """Create a delivery, as the storekeeper."""
        kind = cls.warehouse.out_type_id
        picking = (
            cls.env["stock.picking"]
            .with_user(cls.keeper)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "picking_type_id": kind.id,
                    "location_id": cls.stock.id,
                    "location_dest_id": cls.outside.id,
                    "move_ids": [Command.create(cls._prepare_move(quantity, product))],
                    **values,
                }
            )
        )
        if confirm:
            picking.action_confirm()
            picking.action_assign()
        return picking

    @classmethod
    def _prepare_move(cls, quantity=5, product=None, **values):
        product = product or cls.sprayer
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "product_uom": product.uom_id.id,
            "location_id": cls.stock.id,
            "location_dest_id": cls.outside.id,
            **values,
        }

    @classmethod
    def _sign(cls, *pickings):
        """Request and give the signature, as desk and supervisor."""
        for picking in pickings:
            picking.with_user(cls.desk).review_submit()
            revision = picking.sudo().review_revision
            picking.with_user(cls.supervisor).review_approve(revision)
        cls.env.invalidate_all()

    @classmethod
    def _create_signed(cls, *args, **values):
        picking = cls._create_delivery(*args, **values)
        cls._sign(picking)
        return picking

    @contextmanager
    def assertRefused(self, regex="needs a review", error=UserError):  # noqa: N802
        """Expect a refusal in words, and undo what was tried."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(error, regex), self.cr.savepoint():
            yield

    def _call(self, records, method, *args, user=None):
        """Call a method as a remote client does, without help from the test."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env[records._name].with_user(user or self.keeper).with_context({})
        return call_kw(model, method, [records.ids, *args], {})

    def _get_stock(self, product=None):
        self.env.flush_all()
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (product or self.sprayer).id),
                ("location_id", "child_of", self.stock.id),
            ]
        )
        return sum(quants.mapped("quantity"))

    def _assert_kept(self, picking, quantity=10):
        """Check that nothing has left."""
        self.assertNotEqual(picking.state, "done")
        self.assertEqual(self._get_stock(), quantity)

    def _ship(self, picking, quantity=None, backorder=True):
        """Validate as the storekeeper, a part of it with or without a backorder."""
        picking = picking.with_user(self.keeper)
        if quantity is not None:
            picking.move_ids.quantity = quantity
            picking.move_ids.picked = True
        left_out = {} if backorder else {"picking_ids_not_to_backorder": picking.ids}
        picking.with_context(skip_backorder=True, **left_out).button_validate()
        self.env.invalidate_all()


class DeliveryCommon(DeliveryMixin, BaseCommon):
    """A trading house with ten sprayers in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Trading House"})
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls._set_up_delivery()
        cls.customer = cls.env["res.partner"].create({"name": "Qingyun Machinery"})
        cls.sprayer = cls._create_goods("Sprayer", 10)
        cls.paint = cls._create_goods("Paint", 10)
