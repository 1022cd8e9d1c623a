from odoo.fields import Command

from .common import MediaCommon


class EnquiryCommon(MediaCommon):
    """Enquiries of the salesperson, answered by process control."""

    @classmethod
    def _enquire(cls, *lines, **values):
        """Create a draft of the salesperson; without lines it wants the first face."""
        lines = lines or ({"face_id": cls.face.id},)
        return (
            cls.env["media.enquiry"]
            .with_user(cls.salesperson)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "date_from": cls.start,
                    "date_to": cls.end,
                    "line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    @classmethod
    def _answer(cls, enquiry):
        """Ask if need be, look up and answer as process control."""
        if enquiry.state == "draft":
            enquiry.action_ask()
        asked = enquiry.with_user(cls.control)
        asked.action_propose()
        asked.action_answer()
        return enquiry

    @classmethod
    def _hold_for_rival(cls, face=None):
        """Let process control hold a face for somebody else."""
        booking = cls.env["media.booking"].with_user(cls.control)
        return booking.create(
            {
                "face_id": (face or cls.face).id,
                "date_from": cls.start,
                "date_to": cls.end,
                "partner_id": cls.rival.id,
            }
        )
