from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .media_enquiry_guard import LINE_ANSWER
from .media_enquiry_line import POSITIVE


class MediaEnquiry(models.Model):
    """From the wanted faces to an answer, and from the answer to holds."""

    _inherit = "media.enquiry"

    def action_propose(self):
        """Look the wanted faces up and fill in the answer that is not given yet."""
        self._check_answering()
        self.check_access("write")
        open_lines = self.line_ids.filtered(lambda line: not line.answer)
        taken = self.line_ids.answer_face_id
        for line in open_lines:
            taken |= line._propose(taken)

    def action_hold(self):
        """Turn the answer into holds, all of them or none."""
        self.check_access("write")
        self._lock()
        for enquiry in self:
            enquiry._check_can_hold()
        lines = self.line_ids.filtered(lambda line: line._is_wanted_hold())
        lines.filtered(lambda line: not line.booking_ids)._hold()
        self._transition({"state": "held"})

    def _check_can_hold(self):
        """Raise unless the answer still holds and something of it is wanted."""
        self._check_state(("answered",))
        if self.valid_until < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The answer to enquiry %s is no longer valid. Ask anew: process"
                    " control looks at the faces again.",
                    self.name,
                )
            )
        if not self.line_ids.filtered(lambda line: line._is_wanted_hold()):
            raise UserError(
                self.env._(
                    "Nothing of enquiry %s is to be held: tick the faces, or close it.",
                    self.name,
                )
            )


class MediaEnquiryLine(models.Model):
    """One answer: looked up, checked, confirmed, held."""

    _inherit = "media.enquiry.line"

    # === ANSWER === #

    def _propose(self, taken):
        """Answer one line by what is free now.

        :param taken: faces that are the answer to other lines already
        :return: the faces of the answer
        """
        self.ensure_one()
        domain = Domain("id", "not in", taken.ids)
        free = self._find_free(domain & self._get_wanted_domain(), self.quantity or 1)
        if free:
            self._answer_faces(free)
            return free
        # One of the same format, in the same district if possible, helps as well.
        other = self._find_free(domain & self._get_similar_domain(), 1)
        if other:
            self._transition({"answer": "alternative", "answer_face_id": other.id})
        else:
            self._transition({"answer": "not_free"})
        return other

    def _answer_faces(self, faces):
        """Answer a line by free faces: one here, a further row for each other one."""
        vals = {"answer": "free"}
        if len(faces) < self.quantity:
            vals["answer_note"] = self.env._(
                "%(found)s of %(wanted)s are free",
                found=len(faces),
                wanted=self.quantity,
            )
        self._transition({**vals, "answer_face_id": faces[0].id})
        self._create_answers(
            [
                {**self._prepare_further_answer(), "answer_face_id": face.id}
                for face in faces[1:]
            ]
        )

    def _prepare_further_answer(self):
        return {
            "enquiry_id": self.enquiry_id.id,
            "sequence": self.sequence,
            "district_id": self.district_id.id,
            "format_id": self.format_id.id,
            "quantity": 0,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "answer": "free",
        }

    def _find_free(self, domain, limit):
        """Return faces of the company that are free in the wanted period."""
        domain &= Domain("company_id", "=", self.company_id.id)
        found = self.env["media.face"].search_free(
            domain, self.date_from, self.date_to, limit=limit
        )
        return self.env["media.face"].browse(row["id"] for row in found["records"])

    def _get_wanted_domain(self):
        """Return the domain of the faces that a line asks for."""
        if self.face_id:
            return Domain("id", "=", self.face_id.id)
        domain = Domain.TRUE
        if self.district_id:
            domain &= Domain("district_id", "=", self.district_id.id)
        if self.format_id:
            domain &= Domain("format_id", "=", self.format_id.id)
        return domain

    def _get_similar_domain(self):
        """Return the domain of the faces that could stand in for the wanted ones."""
        domain = Domain("id", "!=", self.face_id.id)
        face_format = self.face_id.format_id or self.format_id
        district = self.face_id.district_id if self.face_id else self.district_id
        if face_format:
            return domain & Domain("format_id", "=", face_format.id)
        return domain & Domain("district_id", "=", district.id)

    def _check_answers(self):
        """Raise unless each line has an answer that says what it needs to."""
        for line in self:
            problem = line._find_problem()
            if problem:
                raise UserError(
                    self.env._(
                        "Line %(line)s of enquiry %(name)s: %(problem)s",
                        line=line.display_name,
                        name=line.enquiry_id.name,
                        problem=problem,
                    )
                )

    def _find_problem(self):
        """Return what is missing in the answer of a line, or nothing."""
        face, first, last = self._get_window()
        if not self.answer:
            problem = self.env._("choose an answer, or press Look Up.")
        elif self.answer not in POSITIVE:
            problem = None
        elif not face:
            problem = self.env._("name the face that is confirmed.")
        elif last < first:
            problem = self.env._("the confirmed period ends before it begins.")
        elif self.answer == "free" and (first < self.date_from or last > self.date_to):
            problem = self.env._(
                "other dates than the wanted ones are an alternative: choose that."
            )
        elif not self._is_free(face, first, last):
            problem = self.env._(
                "%(face)s is not free from %(first)s to %(last)s. Answer otherwise.",
                face=face.code,
                first=format_date(self.env, first),
                last=format_date(self.env, last),
            )
        else:
            problem = None
        return problem

    def _is_free(self, face, first, last):
        domain = Domain("id", "=", face.id)
        return bool(self.env["media.face"].search_free(domain, first, last)["length"])

    def _get_window(self):
        """Return the face and the dates that an answer confirms."""
        self.ensure_one()
        return (
            self.answer_face_id or self.face_id,
            self.answer_from or self.date_from,
            self.answer_to or self.date_to,
        )

    def _confirm_window(self):
        """Write the confirmed face, dates and list price of the answers down."""
        rates = self.env["media.rate"]
        for line in self:
            if line.answer not in POSITIVE:
                line._transition(
                    {"answer_from": False, "answer_to": False, "take": False}
                )
                continue
            face, first, last = line._get_window()
            price = rates._get_list_price(face, first, last)[face.id]
            line._transition(
                {
                    "answer_face_id": face.id,
                    "answer_from": first,
                    "answer_to": last,
                    "list_price": price or 0.0,
                    "take": True,
                }
            )

    def _clear_answers(self):
        """Remove answers and the rows that only an answer needed."""
        further = self.filtered(lambda line: not line.quantity)
        further.unlink()
        (self - further)._transition(
            {**dict.fromkeys(LINE_ANSWER, False), "list_price": 0.0, "take": True}
        )

    # === HOLD === #

    def _is_wanted_hold(self):
        """Return whether the salesperson wants the face held, or to queue for it."""
        queue = self.answer == "not_free" and self.face_id
        return self.take and bool(self.answer in POSITIVE or queue)
