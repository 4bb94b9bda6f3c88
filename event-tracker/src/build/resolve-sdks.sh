#!/bin/sh
# Fetches Segment's SDKs for Node and browsers into segment-sdks/node_modules, unless they are already there. "Already
# there" compares contents, because a fresh checkout sets every file's time to now.
#   $1 "offline=true" or "offline=false"
set -eu
cd "$(dirname "$0")/../../segment-sdks"
[ "$1" = offline=true ] && npm_offline=--offline || npm_offline=--prefer-offline

if ! cmp -s package-lock.json node_modules/.resolved-lock.json; then
  command -v npm >/dev/null || { echo "npm is not on the PATH: install Node 20 or newer" >&2; exit 1; }
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error $npm_offline >/dev/null
  cp package-lock.json node_modules/.resolved-lock.json
fi
