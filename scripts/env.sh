# shellcheck shell=bash
# Sourced by ./yewu and the scripts: paths, settings and the words they speak with.
# Every setting may be given in the environment.

YEWU_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${YEWU_STARTED:=$(date +%s)}"
export YEWU_ROOT YEWU_STARTED

# === WORDS === #

# say TEXT: one line of progress with the seconds since the command started
say() { printf '[yewu %4ss] %s\n' "$(($(date +%s) - YEWU_STARTED))" "$*" >&2; }

# die PROBLEM REMEDY...: what went wrong, what to do, exit 1
die() {
    printf '\n[yewu] PROBLEM: %s\n' "$1" >&2
    shift
    printf '[yewu]          %s\n' "$@" >&2
    exit 1
}

# === STATE AND CACHE === #

# Root's servers run as the user postgres, who must be able to enter the folder.
is_open_to_others() {
    local folder=$1
    while [[ $folder != / ]]; do
        if [[ -d $folder && $(($(stat -c '0%a' "$folder") & 1)) == 0 ]]; then
            return 1
        fi
        folder=$(dirname "$folder")
    done
}

default_home() {
    if [[ $(id -u) == 0 ]] && ! is_open_to_others "$YEWU_ROOT"; then
        echo "/var/lib/yewu/$(basename "$YEWU_ROOT")-$(cksum <<<"$YEWU_ROOT" | cut -d' ' -f1)"
    else
        echo "$YEWU_ROOT/.rt"
    fi
}

export YEWU_HOME=${YEWU_HOME:-$(default_home)}
export YEWU_CACHE=${YEWU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/yewu}

# === ODOO AND PYTHON === #

export YEWU_ADDONS=${YEWU_ADDONS:-$YEWU_ROOT/addons}
export ADDONS=$YEWU_ADDONS
export VENV=$YEWU_HOME/venv
export ODOO_RC=${ODOO_RC:-$YEWU_ROOT/config/odoo.conf}
export ODOO_ADDONS_PATH=$YEWU_ADDONS
export ODOO_DATA_DIR=${ODOO_DATA_DIR:-$YEWU_HOME/data}
export UV_VERSION=0.13.9 UV_CACHE_DIR=$YEWU_CACHE/uv UV_LINK_MODE=copy UV_NO_PROGRESS=1
export LANG=C.UTF-8 PYTHONUNBUFFERED=1
# Set where bytecode must not litter a tree; here it saves seconds at every start.
unset PYTHONDONTWRITEBYTECODE
PATH=$VENV/bin:$PATH

# === POSTGRESQL === #

# The port is chosen by scripts/pg.sh at the first start and remembered.
if [[ -s $YEWU_HOME/pg/port ]]; then
    PGPORT=$(<"$YEWU_HOME/pg/port")
else
    PGPORT=${YEWU_PG_PORT:-5450}
fi
PGPASSWORD=$(cat "$YEWU_HOME/pg/password" 2>/dev/null || true)
export PGPORT PGPASSWORD PGHOST=127.0.0.1 PGUSER=yewu
unset PGDATABASE PGOPTIONS PGSERVICE PGDATA

# === SMALL TOOLS === #

# port_is_taken PORT
port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FIRST: the first free port from FIRST on
free_port() {
    local port=$1
    while port_is_taken "$port"; do
        port=$((port + 1))
    done
    echo "$port"
}

# odoo_bin ARGUMENTS: Odoo's command line
odoo_bin() { "$VENV/bin/python" "$YEWU_ROOT/scripts/odoo-bin" "$@"; }

# database_tool ARGUMENTS: scripts/db.py
database_tool() { "$VENV/bin/python" "$YEWU_ROOT/scripts/db.py" "$@"; }
