# shellcheck shell=bash
# Sourced by setup.sh: Odoo 19 in a private prefix.
#
# Debian's package odoo-19 is fetched through a private apt configuration and
# unpacked; nothing is installed in the system and its apt sources stay as they are.
# ODOO_HOME=/path/to/checkout takes an Odoo of one's own instead.
# shellcheck source=scripts/node_env.sh
. "$YEWU_ROOT/scripts/node_env.sh"

ODOO_SUITE=${ODOO_SUITE:-sid}
# The package, and those that its symbolic links (fonts, libraries) point into.
ODOO_PACKAGES=(odoo-19 libjs-jquery libjs-jquery-form libjs-underscore fonts-glyphicons-halflings
    fonts-montserrat fonts-ocr-b fonts-roboto-unhinted)
# The newer releases of these two name their files differently.
FONT_SUITE=bookworm
FONT_PACKAGES=(fonts-font-awesome fonts-inconsolata)
ODOO_DEBS=$YEWU_CACHE/debs/$ODOO_SUITE
ODOO_PREFIX=$YEWU_HOME/odoo
SEGMENTATION=selfie_segmentation
SEGMENTATION_PACKAGE=@mediapipe/selfie_segmentation@0.1.1675465747

fetch_odoo() {
    if [[ -n ${ODOO_HOME:-} ]]; then
        use_checkout
    else
        if [[ ! -f $ODOO_PREFIX/SHA256SUMS ]]; then
            download_debs
            unpack_debs
        fi
        echo "$ODOO_PREFIX/usr/lib/python3/dist-packages" >"$YEWU_HOME/odoo.source"
        cp "$ODOO_PREFIX/SHA256SUMS" "$YEWU_HOME/odoo.lock"
    fi
}

use_checkout() {
    [[ -f $ODOO_HOME/odoo/release.py ]] || die "ODOO_HOME=$ODOO_HOME holds no odoo/release.py" \
        "Let it name the top folder of a checkout of Odoo 19.0."
    echo "$ODOO_HOME" >"$YEWU_HOME/odoo.source"
    { echo "$ODOO_HOME" && git -C "$ODOO_HOME" rev-parse HEAD 2>/dev/null; } \
        >"$YEWU_HOME/odoo.lock" || true
}

# The sums are written last: a download without them is not finished. What lies in the
# cache stays in use; remove the folder to fetch a newer Odoo.
download_debs() {
    if [[ -f $ODOO_DEBS/SHA256SUMS ]] &&
        (cd "$ODOO_DEBS" && sha256sum --status -c SHA256SUMS); then
        return
    fi
    say "fetching Debian's odoo-19 from $ODOO_SUITE (80 MB)"
    mkdir -p "$ODOO_DEBS"
    if ! private_apt_download >"$YEWU_HOME/fetch_odoo.log" 2>&1; then
        tail -n 8 "$YEWU_HOME/fetch_odoo.log" >&2
        die "Debian's package odoo-19 could not be fetched (log: $YEWU_HOME/fetch_odoo.log)" \
            "Check the network and run the same command again, or clone Odoo 19.0 yourself and run" \
            "ODOO_HOME=/path/to/odoo ./yewu run"
    fi
    (cd "$ODOO_DEBS" && sha256sum ./*.deb >SHA256SUMS.new && mv SHA256SUMS.new SHA256SUMS)
}

private_apt_download() (
    apt=$YEWU_HOME/apt python=$VENV/bin/python
    mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" &&
        "$python" "$YEWU_ROOT/scripts/apt_sources.py" "$ODOO_SUITE" "$FONT_SUITE" \
            >"$apt/sources/yewu.sources" &&
        rm -f "$ODOO_DEBS"/*.deb &&
        cd "$ODOO_DEBS" &&
        private_apt update &&
        private_apt download "${ODOO_PACKAGES[@]/%//$ODOO_SUITE}" \
            "${FONT_PACKAGES[@]/%//$FONT_SUITE}"
)

private_apt() {
    local apt=$YEWU_HOME/apt sandbox=()
    [[ $(id -u) != 0 ]] || sandbox=(-o APT::Sandbox::User=root)
    apt-get -q "${sandbox[@]}" \
        -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$apt/sources" \
        -o Dir::State::lists="$apt/lists" -o Dir::State::status=/var/lib/dpkg/status \
        -o Dir::Cache="$apt/cache" -o Acquire::Languages=none -o Acquire::Retries=3 \
        -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false "$@" </dev/null
}

# Unpacked beside its place and moved there when complete.
unpack_debs() {
    local deb new=$ODOO_PREFIX.new
    say "unpacking Odoo into $ODOO_PREFIX"
    rm -rf "$new"
    mkdir -p "$new"
    for deb in "$ODOO_DEBS"/*.deb; do
        # dist-packages/addons is a second copy of the add-ons' Python files.
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$new" \
            --exclude='./usr/lib/python3/dist-packages/addons' \
            --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' ||
            die "$deb could not be unpacked" "Check the free space; remove $ODOO_DEBS and try again."
    done
    supply_stripped_file "$new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib"
    cp "$ODOO_DEBS/SHA256SUMS" "$new/"
    rm -rf "$ODOO_PREFIX"
    mv "$new" "$ODOO_PREFIX"
}

# Debian strips a file of the web client's bundle (background blur in calls); without
# it every page logs a console error.
supply_stripped_file() {
    local folder=$1/$SEGMENTATION cached=$YEWU_CACHE/js/$SEGMENTATION.js
    mkdir -p "$folder" "$YEWU_CACHE/js"
    if [[ ! -s $cached ]]; then
        say "fetching a script that Debian leaves out"
        fetch_stripped_file "$cached" >>"$YEWU_HOME/fetch_odoo.log" 2>&1 ||
            say "not to be had: background blur in calls stays off"
    fi
    if [[ -s $cached ]]; then
        install -m 644 "$cached" "$folder/$SEGMENTATION.js"
    else
        echo '/* Background blur is not available in this installation. */' \
            >"$folder/$SEGMENTATION.js"
    fi
}

fetch_stripped_file() {
    local cached=$1 folder=$YEWU_HOME/npm
    rm -rf "$folder"
    mkdir -p "$folder"
    (
        provide_node "$VENV/bin/uv" && cd "$folder" && npm_run pack "$SEGMENTATION_PACKAGE" &&
            tar -xzf ./*.tgz && cp "package/$SEGMENTATION.js" "$cached.new" &&
            chmod 644 "$cached.new" && mv "$cached.new" "$cached"
    )
}
