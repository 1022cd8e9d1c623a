# shellcheck shell=bash
# Sourced by setup.sh and lint.sh: Debian's packages.

PYTHON_PACKAGES=(ca-certificates python3 python3-venv)
SYSTEM_PACKAGES=("${PYTHON_PACKAGES[@]}" postgresql chromium wkhtmltopdf fonts-wqy-zenhei
    fonts-liberation)

# has_package NAME: installed by Debian, or there under another roof
has_package() {
    case $1 in
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    wkhtmltopdf) command -v wkhtmltopdf ;;
    python3) command -v python3 ;;
    python3-venv) python3 -c 'import ensurepip, venv' ;;
    *) dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep 'ok installed' ;;
    esac >/dev/null 2>&1
}

missing_packages() {
    local package
    for package in "$@"; do
        has_package "$package" || echo "$package"
    done
}

# install_packages NAME...: as root from Debian
install_packages() {
    local log=$YEWU_HOME/apt.log
    say "installing Debian packages: $*"
    # Yewu makes a cluster of its own; Debian's default one would only take port 5432.
    if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    {
        dpkg --configure -a && apt-get -q update &&
            DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends \
                -o DPkg::Lock::Timeout=300 install "$@"
    } </dev/null >"$log" 2>&1 || {
        tail -n 15 "$log" >&2
        die "Debian's packages could not be installed (log: $log)" \
            "Check the network and /etc/apt, then run the same command again."
    }
}

# An ordinary user can do without PostgreSQL's package: a wheel replaces it.
install_system_packages() {
    local missing
    mapfile -t missing < <(missing_packages "${@:-${SYSTEM_PACKAGES[@]}}")
    if [[ ${#missing[@]} == 0 ]]; then
        return
    elif [[ $(id -u) == 0 ]]; then
        install_packages "${missing[@]}"
    elif [[ " ${missing[*]} " == *" python3"* ]]; then
        die "these Debian packages are missing: ${missing[*]}" \
            "Ask an administrator to run: apt-get install ${missing[*]}"
    elif [[ ${missing[*]} != postgresql ]]; then
        say "missing Debian packages: ${missing[*]} (browser tests, PDF or Chinese glyphs" \
            "will not work until an administrator installs them); going on"
    fi
}
