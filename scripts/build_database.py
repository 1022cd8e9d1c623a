"""Build one template database inside this process; db.py runs it as a child.

build_database.py base NAME MODULES
build_database.py suite NAME MODULES
build_database.py demo NAME TEMPLATE
build_database.py upgrade NAME TEMPLATE MODULES
"""

import sys
from contextlib import contextmanager

import odoo.api
import odoo.service.db
import odoo.tools
from odoo.modules.registry import Registry

LANGUAGE = "zh_CN"
COUNTRY = "CN"
TIMEZONE = "Asia/Shanghai"
#: Scheduled actions that talk to the world outside.
OUTBOUND_CRONS = (
    "mail.ir_cron_module_update_notification",
    "digest.ir_cron_digest_scheduler_action",
)


@contextmanager
def environment(name):
    """Open an environment of the superuser and commit at the end."""
    with Registry(name).cursor() as cursor:
        yield odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})


# === MODULES === #


def install(name, modules):
    """Install modules, without those that would sell Odoo's paid services.

    Modules on top of ``iap`` (autocompletion of partners, text messages, letters)
    install themselves and call outside; none of ours needs them.
    """
    with environment(name) as env:
        modules = [module for module in modules.split(",") if module]
        if not modules:
            return
        module_model = env["ir.module.module"]
        module_model.update_list()
        module_model.search([("name", "in", modules)]).button_install()
        paid = module_model.search([("name", "=", "iap")])
        paid |= paid.downstream_dependencies(exclude_states=("uninstallable",))
        paid.filtered(lambda module: module.state == "to install").state = "uninstalled"
    Registry.new(name, update_module=True)
    check_installed(name, modules)


def check_installed(name, modules):
    """Exit when a module did not reach the state "installed"."""
    with environment(name) as env:
        found = env["ir.module.module"].search(
            [("name", "in", modules), ("state", "=", "installed")]
        )
        missing = set(modules) - set(found.mapped("name"))
        if missing:
            sys.exit(f"not installed: {', '.join(sorted(missing))}")


# === SETTINGS === #


def set_timezone(env):
    """Let people, calendars and everyone to come live in one timezone."""
    users = env["res.users"].with_context(active_test=False).search([])
    (users.partner_id | env.company.partner_id).tz = TIMEZONE
    env["ir.default"].set("res.partner", "tz", TIMEZONE)
    if "resource.calendar" in env:
        env["resource.calendar"].search([]).tz = TIMEZONE


def stay_inside(env):
    """Let nothing call services outside."""
    env["ir.config_parameter"].set_param("iap.endpoint", "http://127.0.0.1:9")
    for xmlid in OUTBOUND_CRONS:
        cron = env.ref(xmlid, raise_if_not_found=False)
        if cron:
            cron.active = False


def check_company(env):
    """Exit when the company did not become a Chinese one."""
    company = env.company
    facts = {
        "country": company.country_id.code == COUNTRY,
        "currency": company.currency_id.name == "CNY",
        "chart of accounts": company.chart_template == "cn",
        "language": LANGUAGE in dict(env["res.lang"].get_installed()),
    }
    wrong = [fact for fact, is_right in facts.items() if not is_right]
    if wrong:
        sys.exit(f"the company is not set up as a Chinese one: {', '.join(wrong)}")


# === STEPS === #


def build_base(name, modules):
    """Create a database with Odoo's modules and our settings."""
    odoo.tools.config["list_db"] = True
    odoo.service.db.exp_create_database(
        name, demo=False, lang=LANGUAGE, country_code=COUNTRY
    )
    install(name, modules)
    with environment(name) as env:
        set_timezone(env)
        stay_inside(env)
        check_company(env)


def build_suite(name, modules):
    """Install our add-ons; compile the bundles once, for all copies."""
    install(name, modules)
    with environment(name) as env:
        set_timezone(env)
        stay_inside(env)
        env["ir.qweb"]._pregenerate_assets_bundles()


def build_demo(name, template):
    """Let the application build the demo company, if it has come that far."""
    with environment(name) as env:
        if "yewu.demo.builder" in env:
            env["yewu.demo.builder"]._build()
        env["ir.config_parameter"].set_param("yewu.template", template)


def upgrade(name, template, modules):
    """Bring a database in use to the present state of our add-ons."""
    with environment(name) as env:
        module_model = env["ir.module.module"]
        module_model.update_list()
        ours = module_model.search([("name", "in", modules.split(","))])
        ours.filtered(lambda module: module.state == "installed").button_upgrade()
    install(name, modules)
    with environment(name) as env:
        env["ir.config_parameter"].set_param("yewu.template", template)


STEPS = {
    "base": build_base,
    "suite": build_suite,
    "demo": build_demo,
    "upgrade": upgrade,
}


def main():
    """Run the step named on the command line."""
    step, name, *arguments = sys.argv[1:]
    odoo.tools.config.parse_config(
        ["--no-http", "--max-cron-threads=0", "--log-level=info"], setup_logging=True
    )
    STEPS[step](name, *arguments)


if __name__ == "__main__":
    main()
