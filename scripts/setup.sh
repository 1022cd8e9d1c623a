#!/usr/bin/env bash
# Debian packages, Odoo and the Python environment: each only if it is not there yet.
# Every step can be interrupted; the next run goes on where this one stopped.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
# shellcheck source=scripts/system.sh
. "$YEWU_ROOT/scripts/system.sh"
# shellcheck source=scripts/python_env.sh
. "$YEWU_ROOT/scripts/python_env.sh"
# shellcheck source=scripts/fetch_odoo.sh
. "$YEWU_ROOT/scripts/fetch_odoo.sh"

make_home() {
    mkdir -p "$YEWU_HOME" "$YEWU_CACHE" || die "cannot write to $YEWU_HOME or $YEWU_CACHE" \
        "Set YEWU_HOME and YEWU_CACHE to folders of your own."
    chmod 755 "$YEWU_HOME"
    if [[ $(id -u) == 0 ]] && ! is_open_to_others "$YEWU_HOME"; then
        die "root's database server runs as the user postgres, who cannot enter $YEWU_HOME" \
            "Set YEWU_HOME to a folder that everyone may enter, such as /var/lib/yewu."
    fi
}

main() {
    make_home
    exec 8>"$YEWU_HOME/setup.lock"
    flock -n 8 || { say "waiting for another setup to finish" && flock 8; }
    install_system_packages
    make_python_environment
    fetch_odoo
    install_requirements
}

main
