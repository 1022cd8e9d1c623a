import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { getReportUrl } from "@web/webclient/actions/reports/utils";

/**
 * Download a print form. Unlike other PDF reports it does not need wkhtmltopdf, so
 * the client does not ask whether the server has it.
 *
 * @param {Object} action the report action
 * @param {Object} options
 * @param {Object} env
 * @returns {Promise<boolean>} whether the action was a print form
 */
export async function downloadPrintForm(action, options, env) {
    if (!action.is_print_form || action.report_type !== "qweb-pdf") {
        return false;
    }
    const context = { ...user.context, ...action.context };
    const data = JSON.stringify([getReportUrl(action, "pdf"), action.report_type]);
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: { data, context: JSON.stringify(context) },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("base_print_form", downloadPrintForm);
