#!/bin/sh
# Runs a command beside a throw-away PostgreSQL (engangsdatabase): two databases, a socket in a folder, gone afterwards.
#   tools/with_postgres.sh python -m pytest
# The server keeps fsync on, so what is measured and killed here is what a deployment has.
set -eu

fail() { echo "with_postgres: $1" >&2; exit 2; }
[ $# -gt 0 ] || fail "name a command to run"

bin=""
for folder in ${UTH_PG_BIN:-} $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) $(command -v pg_ctl >/dev/null && dirname "$(command -v pg_ctl)"); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then bin=$folder; break; fi
done
[ -n "$bin" ] || fail "PostgreSQL's server programs are missing (Debian: apt-get install postgresql)"

place=$(mktemp -d "${TMPDIR:-/tmp}/uth-pg.XXXXXX")
chmod 755 "$place"
mkdir "$place/data" "$place/socket"

# PostgreSQL refuses to run as root: borrow an unprivileged user then.
if [ "$(id -u)" = 0 ]; then
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    chown "$owner" "$place/data" "$place/socket"
    as_owner() { su -s /bin/sh "$owner" -c "cd '$place' && $1"; }
else
    as_owner() { sh -c "cd '$place' && $1"; }
fi

child=""
stop() {
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    as_owner "'$bin/pg_ctl' -D data -m immediate stop" >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_owner "'$bin/initdb' -D data -U uth -A trust -E UTF8 --locale=C.UTF-8" >"$place/initdb.log" 2>&1 \
    || { cat "$place/initdb.log" >&2; fail "initdb did not succeed"; }
as_owner "'$bin/pg_ctl' -D data -w -t 60 -l data/server.log -o \"-k '$place/socket' -c listen_addresses='' -c max_connections=100 ${UTH_PG_OPTIONS:-}\" start" >/dev/null \
    || { cat "$place/data/server.log" >&2; fail "PostgreSQL did not start"; }
for name in uth_local uth_national; do
    "$bin/createdb" -h "$place/socket" -U uth "$name"
done

host=$(printf '%s' "$place/socket" | sed 's,/,%2F,g')
DATABASE_URL="postgres://uth@$host/uth_local"
NATIONAL_DATABASE_URL="postgres://uth@$host/uth_national"
export DATABASE_URL NATIONAL_DATABASE_URL
PATH="$bin:$PATH"
export PATH

"$@" &
child=$!
code=0
wait "$child" || code=$?
child=""
exit "$code"
