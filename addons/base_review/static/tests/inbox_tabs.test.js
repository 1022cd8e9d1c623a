import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { InboxTabs } from "@base_review/inbox_tabs/inbox_tabs";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { Component, useState, xml } from "@odoo/owl";
import {
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Task extends models.Model {
    _name = "review.task";

    name = fields.Char();

    _records = [{ id: 1, name: "S00010" }];
}

defineMailModels();
defineModels([Task]);

const LABELS = ["My Approvals", "Submitted by Me", "Done by Me", "Copied to Me"];

test("the tabs tell what they hold, without a figure for nothing", async () => {
    onRpc("review.task", "review_inbox_tabs", () => ({
        todo: 2,
        submitted: 0,
        done: 1000,
        cc: 1,
    }));
    await mountWithCleanup(InboxTabs, { props: { current: "todo" } });

    const counts = ["2", "", "999+", "1"];
    expect(queryAllTexts(".o_review_inbox_tabs button .o_review_label")).toEqual(
        LABELS,
    );
    expect(queryAllTexts(".o_review_inbox_tabs button .badge")).toEqual(
        counts.filter(Boolean),
    );
    expect("button[name=todo]").toHaveClass("active");
    expect("button[name=cc]").not.toHaveClass("active");
});

test("a tab opens its list in place of the one on the screen", async () => {
    onRpc("review.task", "review_inbox_tabs", () => ({}));
    mockService("action", {
        doAction: (action, options) =>
            expect.step(`${action} ${options.clearBreadcrumbs}`),
    });
    await mountWithCleanup(InboxTabs, { props: { current: "todo" } });

    await click("button[name=cc]");

    expect.verifySteps(["base_review.review_notice_action true"]);
});

test("the counts follow what is decided in the list", async () => {
    let todo = 3;
    onRpc("review.task", "review_inbox_tabs", () => ({ todo: todo-- }));
    class Parent extends Component {
        static template = xml`<InboxTabs current="state.current"/>`;
        static components = { InboxTabs };
        static props = {};
        setup() {
            this.state = useState({ current: "todo" });
        }
    }
    const parent = await mountWithCleanup(Parent);
    expect("button[name=todo] .badge").toHaveText("3");

    parent.state.current = "done";
    await animationFrame();
    await animationFrame();

    expect("button[name=todo] .badge").toHaveText("2");
});

test("only the actions of the inbox show the tabs", async () => {
    onRpc("review.task", "review_inbox_tabs", () => ({ todo: 1 }));
    const view = {
        type: "list",
        resModel: "review.task",
        arch: `<list js_class="review_inbox_list"><field name="name"/></list>`,
    };
    await mountView(view);
    expect(".o_review_inbox_tabs").toHaveCount(0);

    await mountView({ ...view, context: { review_inbox_tab: "todo" } });
    expect(".o_review_inbox_tabs").toHaveCount(1);
});
