#!/bin/sh
# Runs the whole suite: SQLite first, then the same tests on PostgreSQL, with a real browser where one can be had.
# Installs the browser and PostgreSQL when apt allows, and says plainly what was skipped and why.
set -u
cd "$(dirname "$0")/.." || exit 2
python=.venv/bin/python
skipped=""

need_apt() { # need_apt PACKAGE: install one Debian package when that is possible
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo -n"; else return 1; fi
    [ -n "${apt_fresh:-}" ] || $run apt-get update -qq >/dev/null 2>&1
    apt_fresh=1
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq "$1" >/dev/null 2>&1
}

browser=""
for name in chromium chromium-browser google-chrome; do
    browser=$(command -v $name 2>/dev/null) && break
done
if [ -z "$browser" ]; then
    echo "No Chromium here; asking apt for one …"
    need_apt chromium && browser=$(command -v chromium 2>/dev/null)
fi
if [ -n "$browser" ]; then export HANDRAIL_TEST_BROWSER="$browser"
else skipped="$skipped
  - pages in a real browser: no Chromium, and apt could not install one"; fi

HANDRAIL_HOME=$(mktemp -d) || exit 2
export HANDRAIL_HOME
trap 'rm -rf "$HANDRAIL_HOME"' EXIT

echo "== on SQLite"
$python -m pytest -n 2 --dist loadfile "$@" || exit 1

echo "== on PostgreSQL"
$python tools/with_postgres.py $python -m pytest -n 2 --dist loadfile -m "not browser and not one_database" "$@"
code=$?
if [ $code = 77 ]; then skipped="$skipped
  - the same tests on PostgreSQL: no server could be started (set HANDRAIL_TEST_PG to the url of one)"
elif [ $code != 0 ]; then exit $code; fi

if [ -n "$skipped" ]; then echo "Skipped:$skipped"; else echo "Nothing was skipped for want of a browser or a server."; fi
