#!/bin/sh
# Fetches what the servers run from, unless it is already here: DynamoDB Local's jars into $1/dynamodb-local
# (kept apart from our own class path) and the npm package of the Kinesis stand-in into kinesis-local/node_modules.
# "Already here" compares contents, because a fresh checkout sets every file's time to now.
#   $1 build directory, $2 "offline=true" or "offline=false", $3 Maven's local repository
set -eu
cd "$(dirname "$0")/../.."
jars="$1/dynamodb-local"
modules=kinesis-local/node_modules
[ "$2" = offline=true ] && maven_offline=-o npm_offline=--offline || maven_offline= npm_offline=--prefer-offline

if ! cmp -s dynamodb-local/pom.xml "$jars/.resolved-pom.xml"; then
  rm -rf "$jars"
  mvn -B -q $maven_offline "-Dmaven.repo.local=$3" -f dynamodb-local/pom.xml dependency:copy-dependencies \
    "-DoutputDirectory=$jars" -DincludeScope=runtime
  cp dynamodb-local/pom.xml "$jars/.resolved-pom.xml"
fi

if ! cmp -s kinesis-local/package-lock.json "$modules/.resolved-lock.json"; then
  command -v npm >/dev/null || { echo "npm is not on the PATH: install Node 20 or newer" >&2; exit 1; }
  npm --prefix kinesis-local ci --ignore-scripts --no-audit --no-fund --loglevel=error $npm_offline >/dev/null
  cp kinesis-local/package-lock.json "$modules/.resolved-lock.json"
fi
