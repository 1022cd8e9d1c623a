import { Component, onWillUnmount, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDateTime } from "@web/core/l10n/dates";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/** Below this many minutes, the minutes are worth telling beside the hours. */
const PRECISE_BELOW = 3 * MINUTES_PER_HOUR;

/** From this many minutes on, days tell more than hours. */
const DAYS_FROM = 2 * MINUTES_PER_DAY;

const REFRESH_MILLISECONDS = 30 * 1000;

/** Read-only badge that counts down to a moment and tells how late it is. */
export class DeadlineBadgeField extends Component {
    static template = "base_deadline.DeadlineBadgeField";
    static props = {
        ...standardFieldProps,
        warningHours: { type: Number, optional: true },
    };
    static defaultProps = { warningHours: 2 };

    setup() {
        this.clock = useState({ now: DateTime.now() });
        const timer = browser.setInterval(() => {
            this.clock.now = DateTime.now();
        }, REFRESH_MILLISECONDS);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get deadline() {
        return this.props.record.data[this.props.name];
    }

    get isLate() {
        return this.deadline < this.clock.now;
    }

    /** @returns {number} whole minutes until or since the deadline, never 0 when late */
    get minutes() {
        const { minutes } = this.deadline.diff(this.clock.now, "minutes");
        return this.isLate ? Math.max(Math.floor(-minutes), 1) : Math.ceil(minutes);
    }

    get label() {
        const duration = this.formatDuration(this.minutes);
        return this.isLate ? _t("%s late", duration) : _t("%s left", duration);
    }

    get tooltip() {
        return formatDateTime(this.deadline);
    }

    get colorClass() {
        if (this.isLate) {
            return "text-bg-danger";
        }
        const warningMinutes = this.props.warningHours * MINUTES_PER_HOUR;
        return this.minutes <= warningMinutes ? "text-bg-warning" : "text-bg-success";
    }

    /**
     * @param {number} total minutes, not negative
     * @returns {string} the duration in the two units that matter
     */
    formatDuration(total) {
        if (total < MINUTES_PER_HOUR) {
            return _t("%s min", total);
        }
        if (total >= DAYS_FROM) {
            return _t("%s d", Math.floor(total / MINUTES_PER_DAY));
        }
        const hours = Math.floor(total / MINUTES_PER_HOUR);
        const minutes = total % MINUTES_PER_HOUR;
        if (minutes && total < PRECISE_BELOW) {
            return _t("%(hours)s h %(minutes)s min", { hours, minutes });
        }
        return _t("%s h", hours);
    }
}

export const deadlineBadgeField = {
    component: DeadlineBadgeField,
    displayName: _t("Countdown"),
    supportedTypes: ["datetime"],
    supportedOptions: [
        {
            label: _t("Warn below (hours)"),
            name: "warning_hours",
            type: "number",
            help: _t("The badge turns amber when fewer hours are left."),
        },
    ],
    extractProps: ({ options }) => ({ warningHours: options.warning_hours }),
};

registry.category("fields").add("deadline_badge", deadlineBadgeField);
