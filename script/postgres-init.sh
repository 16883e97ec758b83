#!/usr/bin/env bash
# Run once by the Postgres image as it makes its cluster: the role the program runs as. It owns nothing, so it can't
# switch off the triggers that keep the trail append-only; the migration grants it what it needs.
set -euo pipefail

case "${1:-}" in -h | --help) echo "Run by the Postgres container: makes the role realname_app with POSTGRES_APP_PASSWORD." && exit 0 ;; esac

psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'END'
CREATE ROLE realname_app LOGIN PASSWORD :'password';
END
