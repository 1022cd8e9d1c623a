from datetime import timedelta

from odoo import fields

from .common import MediaCommon


class BoardCommon(MediaCommon):
    """Faces with bookings of two salespeople, seen on the board."""

    @classmethod
    def _book(cls, face, first=0, days=10, user=None, **values):
        """Hold a face as process control, ``first`` days after the common start."""
        start = cls.start + timedelta(first)
        return (
            cls.env["media.booking"]
            .with_user(cls.control)
            .create(
                {
                    "face_id": face.id,
                    "date_from": start,
                    "date_to": start + timedelta(days - 1),
                    "partner_id": cls.customer.id,
                    "user_id": (user or cls.salesperson).id,
                    **values,
                }
            )
        )

    @classmethod
    def _get_board(cls, user, domain=None, days=182, **options):
        faces = cls.env["media.face"].with_user(user)
        return faces.get_board(
            domain or [("id", "in", cls.faces.ids)],
            fields.Date.to_string(cls.start),
            fields.Date.to_string(cls.start + timedelta(days - 1)),
            **options,
        )

    @classmethod
    def _answer_enquiry(cls, face, first=0, days=30, user=None):
        """Ask for a face and answer that it is free; return the enquiry."""
        start = cls.start + timedelta(first)
        user = user or cls.salesperson
        enquiry = (
            cls.env["media.enquiry"]
            .with_user(user)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "date_from": start,
                    "date_to": start + timedelta(days - 1),
                    "line_ids": [fields.Command.create({"face_id": face.id})],
                }
            )
        )
        enquiry.action_ask()
        enquiry.with_user(cls.control).action_propose()
        enquiry.with_user(cls.control).action_answer()
        return enquiry
