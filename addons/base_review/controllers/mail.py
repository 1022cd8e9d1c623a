from odoo.http import request

from odoo.addons.mail.controllers.mail import MailController


class ReviewMailController(MailController):
    """Links to a document that its reviewer may not read lead to his inbox."""

    @classmethod
    def _redirect_to_generic_fallback(cls, model, res_id, access_token=None, **kwargs):
        review = request.env["review.task"]._get_inbox_link(model, res_id)
        if not review:
            return super()._redirect_to_generic_fallback(
                model, res_id, access_token=access_token, **kwargs
            )
        url, company = review
        selected = request.cookies.get("cids", str(request.env.company.id))
        if company and str(company.id) not in selected.split("-"):
            request.future_response.set_cookie("cids", f"{selected}-{company.id}")
        return request.redirect(url)
