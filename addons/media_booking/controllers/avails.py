from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..xlsx import Table, make_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The page of a customer is nobody else's: not for search engines, not for caches.
PRIVATE = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "private, no-store"}
STATUS = {"unknown": 404, "expired": 410}


class MediaAvailsController(http.Controller):
    """The avails sheet behind its link, for a customer without login."""

    @http.route(
        "/media/avails/<string:token>", type="http", auth="public", readonly=True
    )
    def show(self, token):
        """Show the frozen list, or why there is none."""
        avails, problem = request.env["media.avails"]._find_by_token(token)
        response = request.render(
            "media_booking.avails_page",
            {"avails": None if problem else avails, "problem": problem, "token": token},
            headers=PRIVATE,
            status=STATUS.get(problem, 200),
        )
        response.flatten()
        return response

    @http.route(
        "/media/avails/<string:token>/photo/<int:line_id>",
        type="http",
        auth="public",
        readonly=True,
    )
    def show_photo(self, token, line_id):
        """Show the photo of a face on the sheet."""
        avails, problem = request.env["media.avails"]._find_by_token(token)
        line = avails.line_ids.filtered(lambda line: line.id == line_id)
        if problem or not line.image_1024:
            raise NotFound
        stream = request.env["ir.binary"]._get_image_stream_from(
            line.face_id, "image_1024"
        )
        return stream.get_response()

    @http.route("/media/avails/<string:token>/pdf", type="http", auth="public")
    def download_pdf(self, token):
        """Download the sheet on paper."""
        avails, problem = request.env["media.avails"]._find_by_token(token)
        if problem:
            return self.show(token)
        report = request.env["ir.actions.report"].sudo()  # sudo: the token is the right
        pdf, _kind = report._render_qweb_pdf("media_booking.report_avails", avails.ids)
        return _download(pdf, f"{avails.name}.pdf", "application/pdf")

    @http.route(
        "/media/avails/<int:avails_id>/xlsx", type="http", auth="user", readonly=True
    )
    def download_xlsx(self, avails_id):
        """Download a sheet as a workbook, with the rights of the user."""
        avails = request.env["media.avails"].browse(avails_id).exists()
        avails.check_access("read")
        if not avails:
            raise NotFound
        return _download(_make_avails_workbook(avails), f"{avails.name}.xlsx", XLSX)


def _make_avails_workbook(avails):
    env = avails.env
    period = f"{avails.date_from} – {avails.date_to}"
    columns = [
        (env._("Face"), 14),
        (env._("Place"), 40),
        (env._("District"), 16),
        (env._("Format"), 20),
        (env._("Size"), 14),
        (env._("Lit"), 8),
        (env._("List Price"), 14),
    ]
    rows = (
        (
            line.code,
            line.place,
            line.district or "",
            line.format_name,
            line.size or "",
            env._("Lit") if line.lit else "",
            line.list_price or None,
        )
        for line in avails.line_ids
    )
    return make_workbook(Table(f"{avails.name} {period}", columns, rows))


def _download(content, name, content_type):
    headers = [
        ("Content-Type", content_type),
        ("Content-Length", len(content)),
        ("Content-Disposition", content_disposition(name.replace("/", "-"))),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return request.make_response(content, headers)
