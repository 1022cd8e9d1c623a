import { downloadPrintForm } from "@base_print_form/print_form_handler";
import { expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { download } from "@web/core/network/download";

const ui = {
    block: () => expect.step("block"),
    unblock: () => expect.step("unblock"),
};
const env = { services: { ui } };
const form = {
    is_print_form: true,
    report_type: "qweb-pdf",
    report_name: "some.form",
    context: { active_ids: [7, 8] },
};

function catchDownload() {
    patchWithCleanup(download, {
        _download: ({ url, data }) => {
            expect.step(`${url} ${data.data}`);
            return Promise.resolve();
        },
    });
}

test("a form is downloaded without asking for wkhtmltopdf", async () => {
    catchDownload();

    expect(await downloadPrintForm(form, {}, env)).toBe(true);

    expect.verifySteps([
        "block",
        '/report/download ["/report/pdf/some.form/7,8","qweb-pdf"]',
        "unblock",
    ]);
});

test("other reports are left to the client", async () => {
    catchDownload();

    expect(await downloadPrintForm({ ...form, is_print_form: false }, {}, env)).toBe(
        false,
    );

    expect.verifySteps([]);
});
