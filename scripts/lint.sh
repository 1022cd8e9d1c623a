#!/usr/bin/env bash
# Static checks, fast ones first; all run, and the exit code tells whether all passed.
# lint.sh --fix first mends what the tools can mend by themselves.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
# shellcheck source=scripts/system.sh
. "$YEWU_ROOT/scripts/system.sh"
# shellcheck source=scripts/python_env.sh
. "$YEWU_ROOT/scripts/python_env.sh"
# shellcheck source=scripts/node_env.sh
. "$YEWU_ROOT/scripts/node_env.sh"

LINT=$YEWU_HOME/lint
FAILED=()
# Evidence is append-only: its create, write and unlink refuse and call no super, and the
# private methods that close a row call the super of the refused one. Large models are
# spread over small files. Computations return nothing. The README is Markdown.
UNWANTED=consider-merging-classes-inherited,context-overridden,method-required-super
UNWANTED+=,missing-readme,missing-return,no-raise-unlink,super-method-mismatch
mapfile -t MODULES < <(compgen -G "$YEWU_ADDONS/*/__manifest__.py" | xargs -r -n1 dirname)

# === TOOLS === #

install_python_tools() {
    local key
    key=$(sha256sum <"$YEWU_ROOT/requirements-lint.txt")
    new_environment "$LINT"
    provide_uv "$LINT"
    if ! is_current "$LINT" "$key"; then
        say "installing the tools of requirements-lint.txt"
        uv_install "$LINT" -r "$YEWU_ROOT/requirements-lint.txt"
        echo "$key" >"$LINT/.key"
    fi
}

install_node_tools() {
    local key
    provide_node "$LINT/bin/uv" || die "Node could not be fetched" \
        "Check the network, then run the same command again."
    key=$(sha256sum <"$YEWU_ROOT/package-lock.json")
    if [[ $(cat "$NODE_HOME/.key" 2>/dev/null) != "$key" ]]; then
        say "installing the tools of package-lock.json"
        cp "$YEWU_ROOT/package.json" "$YEWU_ROOT/package-lock.json" "$NODE_HOME/"
        (cd "$NODE_HOME" && npm_run ci) || die "the Node tools could not be installed" \
            "Check the network, then run the same command again."
        echo "$key" >"$NODE_HOME/.key"
    fi
}

# node_tool NAME ARGUMENTS: a tool of package.json; the configuration finds its plugins
node_tool() {
    NODE_PATH=$NODE_HOME/node_modules node_run "$NODE_HOME/node_modules/.bin/$1" "${@:2}"
}

# === CHECKS === #

# check NAME COMMAND: silent when it passes
check() {
    local output status=0
    say "lint: $1"
    output=$("${@:2}" 2>&1) || status=$?
    if [[ $status != 0 ]]; then
        printf '%s\n' "$output"
        FAILED+=("$1")
    fi
}

# module_check NAME COMMAND: the same with the folders of the add-ons
module_check() {
    if [[ ${#MODULES[@]} != 0 ]]; then
        check "$@" "${MODULES[@]}"
    fi
}

# Everything of one add-on at a time, as the tools want it.
each_module() {
    local module status=0
    for module in "${@:2}"; do
        "$1" "$module" || status=1
    done
    return "$status"
}

oca_module() {
    (cd "$YEWU_ROOT" && "$LINT/bin/oca-checks-odoo-module" --config=.oca_hooks.cfg "$1")
}

oca_po() {
    local files
    mapfile -t files < <(compgen -G "$1/i18n/*.po*")
    [[ ${#files[@]} == 0 ]] || "$LINT/bin/oca-checks-po" --config=.oca_hooks.cfg "${files[@]}"
}

fix_layout() {
    ruff check --quiet --fix . "$YEWU_ADDONS" || true
    ruff format --quiet . "$YEWU_ADDONS"
    node_tool prettier --write --log-level=warn --no-error-on-unmatched-pattern \
        "*.cjs" "$YEWU_ADDONS/**/*.{js,xml,scss}" "!**/static/lib/**"
    python "$YEWU_ROOT/scripts/generate_docs.py"
}

run_checks() {
    check "ruff format" ruff format --check --quiet --diff . "$YEWU_ADDONS"
    check "ruff" ruff check --quiet . "$YEWU_ADDONS"
    check "prettier" node_tool prettier --check --log-level=warn --no-error-on-unmatched-pattern \
        "*.cjs" "$YEWU_ADDONS/**/*.{js,xml,scss}" "!**/static/lib/**"
    check "eslint" node_tool eslint --no-error-on-unmatched-pattern --no-warn-ignored \
        "$YEWU_ADDONS/*/static/{src,tests}/**/*.js"
    module_check "oca-checks-odoo-module" each_module oca_module
    module_check "oca-checks-po" each_module oca_po
    module_check "pylint" pylint --rcfile=.pylintrc "--disable=$UNWANTED"
    check "translations" python "$YEWU_ROOT/scripts/check_translations.py" "$YEWU_ADDONS"
    check "generated pages" python "$YEWU_ROOT/scripts/generate_docs.py" --check
    check "docker-compose.yml" node_tool dclint --max-warnings 0 docker-compose.yml
    mapfile -t shell < <(compgen -G "scripts/*.sh")
    check "shellcheck" shellcheck -x yewu .ci/run "${shell[@]}"
}

main() {
    mkdir -p "$YEWU_HOME" "$YEWU_CACHE"
    chmod 755 "$YEWU_HOME"
    install_system_packages "${PYTHON_PACKAGES[@]}"
    install_python_tools
    install_node_tools
    cd "$YEWU_ROOT"
    PATH=$LINT/bin:$PATH
    export RUFF_CACHE_DIR=$YEWU_HOME/ruff
    [[ ${1:-} != --fix ]] || fix_layout >&2
    run_checks
    if [[ ${#FAILED[@]} != 0 ]]; then
        die "not clean: ${FAILED[*]}" \
            "Mend what is listed above; ./yewu lint --fix mends layout by itself."
    fi
    say "lint: all clean"
}

main "$@"
