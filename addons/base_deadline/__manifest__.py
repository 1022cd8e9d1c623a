{
    "name": "Time Limits",
    "summary": "Clocks in working time on any document, with reminders and escalation",
    "version": "19.0.1.0.0",
    "category": "Yewu",
    "author": "Yewu",
    "license": "LGPL-3",
    "depends": ["hr", "mail", "resource"],
    "data": [
        "security/base_deadline_groups.xml",
        "security/ir.model.access.csv",
        "security/base_deadline_rules.xml",
        "data/mail_activity_type_data.xml",
        "data/ir_cron_data.xml",
        "views/deadline_limit_views.xml",
        "views/deadline_clock_views.xml",
        "views/deadline_workday_views.xml",
        "views/base_deadline_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["base_deadline/static/src/**/*"],
        "web.assets_unit_tests": ["base_deadline/static/tests/**/*.test.js"],
    },
}
