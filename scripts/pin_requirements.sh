#!/usr/bin/env bash
# Pin requirements*.in anew into requirements*.txt, in throw-away environments.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
# shellcheck source=scripts/python_env.sh
. "$YEWU_ROOT/scripts/python_env.sh"

# pin NAME: the comment at the head of the pinned file stays
pin() {
    local folder=$YEWU_HOME/pin-$1 pinned=$YEWU_ROOT/$1.txt head
    rm -rf "$folder"
    new_environment "$folder"
    provide_uv "$folder"
    "$folder/bin/uv" pip install -q --python "$folder/bin/python" -r "$YEWU_ROOT/$1.in"
    head=$(grep '^#' "$pinned")
    {
        echo "$head"
        "$folder/bin/uv" pip freeze --python "$folder/bin/python" | grep -vE '^(pip|uv)=='
    } >"$pinned.new"
    mv "$pinned.new" "$pinned"
    rm -rf "$folder"
}

pin requirements
pin requirements-lint
