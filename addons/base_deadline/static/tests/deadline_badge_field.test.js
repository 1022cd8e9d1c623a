import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, queryAllTexts } from "@odoo/hoot-dom";
import { mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";

class Duty extends models.Model {
    _name = "duty";

    deadline_at = fields.Datetime();

    _records = [
        { id: 1, deadline_at: "2026-03-10 15:00:00" },
        { id: 2, deadline_at: "2026-03-10 12:25:00" },
        { id: 3, deadline_at: "2026-03-10 10:40:00" },
        { id: 4, deadline_at: "2026-03-10 14:10:00" },
        { id: 5, deadline_at: "2026-03-13 13:00:00" },
        { id: 6, deadline_at: "2026-03-07 11:00:00" },
        { id: 7, deadline_at: false },
    ];
}

defineMailModels();
defineModels([Duty]);

const LABELS = [
    "3 h left",
    "25 min left",
    "1 h 20 min late",
    "2 h 10 min left",
    "3 d left",
    "3 d late",
];

test("the badge counts down in a list and tells how late it is", async () => {
    mockDate("2026-03-10 12:00:00", 0);
    await mountView({
        type: "list",
        resModel: "duty",
        arch: `<list><field name="deadline_at" widget="deadline_badge"/></list>`,
    });

    expect(queryAllTexts(".o_data_cell")).toEqual([...LABELS, ""]);
    expect(".o_deadline_badge:eq(0)").toHaveClass("text-bg-success");
    expect(".o_deadline_badge:eq(1)").toHaveClass("text-bg-warning");
    expect(".o_deadline_badge:eq(2)").toHaveClass("text-bg-danger");
});

test("the badge shows on kanban cards", async () => {
    mockDate("2026-03-10 12:00:00", 0);
    await mountView({
        type: "kanban",
        resModel: "duty",
        arch: `
            <kanban><templates><t t-name="card">
                <field name="deadline_at" widget="deadline_badge"/>
            </t></templates></kanban>`,
    });

    expect(queryAllTexts(".o_deadline_badge")).toEqual(LABELS);
});

test("the badge runs on in an open form", async () => {
    mockDate("2026-03-10 12:24:30", 0);
    await mountView({
        type: "form",
        resModel: "duty",
        resId: 2,
        arch: `<form><field name="deadline_at" widget="deadline_badge"/></form>`,
    });
    expect(".o_deadline_badge").toHaveText("1 min left");

    await advanceTime(60 * 1000);
    await animationFrame();

    expect(".o_deadline_badge").toHaveText("1 min late");
    expect(".o_deadline_badge").toHaveClass("text-bg-danger");
});

test("the view decides when the badge warns", async () => {
    mockDate("2026-03-10 12:00:00", 0);
    await mountView({
        type: "form",
        resModel: "duty",
        resId: 1,
        arch: `
            <form>
                <field name="deadline_at" widget="deadline_badge"
                    options="{'warning_hours': 4}"/>
            </form>`,
    });

    expect(".o_deadline_badge").toHaveClass("text-bg-warning");
});
