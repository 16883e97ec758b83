# Sourced by the other scripts: finds Python, makes the virtual environment, installs the locked dependencies.
# shellcheck shell=bash

set -euo pipefail

REPO="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$REPO/.venv"
PYTHON="$VENV/bin/python"

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A home that is unset, missing or not ours (containers, service users) is replaced by a folder of the checkout.
settle_home() {
    mkdir -p "$REPO/var/log" 2>/dev/null || fail "The folder $REPO can't be written to by $(id -un). Use a checkout of your own."
    [ -w "$REPO/var/log" ] || fail "The folder $REPO/var belongs to somebody else than $(id -un). Use a checkout of your own."
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
        export HOME="$REPO/var/home"
        mkdir -p "$HOME"
    fi
}

find_python() {
    local candidate
    for candidate in "${REALNAME_PYTHON:-}" python3.11 python3 python; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return
        fi
    done
    fail "Python 3.11 is needed and was not found. Install it, or name it: REALNAME_PYTHON=/path/to/python3.11 $0"
}

# sha256 of the files, by Python: the shell's tool has another name on every system.
digest() {
    "$PYTHON" - "$@" <<'END'
import hashlib, sys
digest = hashlib.sha256()
for name in sys.argv[1:]:
    digest.update(open(name, "rb").read())
print(digest.hexdigest())
END
}

make_venv() {
    local python="$1"
    say "Making the virtual environment in .venv …"
    # Debian's Python may come without ensurepip; the system's pip can then install into the environment from outside
    "$python" -m venv --clear "$VENV" >"$REPO/var/log/install.log" 2>&1 ||
        "$python" -m venv --clear --without-pip "$VENV" ||
        fail "The virtual environment could not be made; see var/log/install.log."
}

pip_install() {
    local pip=("$PYTHON" -m pip) count=0 line
    "$PYTHON" -m pip --version >/dev/null 2>&1 || pip=("$(find_python)" -m pip --python "$PYTHON")
    "${pip[@]}" install --no-deps --require-hashes --no-input --disable-pip-version-check --progress-bar off "$@" 2>&1 |
        tee -a "$REPO/var/log/install.log" |
        while IFS= read -r line; do
            case "$line" in
            Collecting\ *)
                count=$((count + 1))
                if [ -t 1 ]; then
                    printf '\r  %3d packages fetched' "$count"
                elif [ $((count % 25)) = 0 ]; then
                    say "  $count packages fetched"
                fi
                ;;
            "Installing collected"*)
                [ ! -t 1 ] || printf '\n'
                say "  writing them into .venv …"
                ;;
            ERROR*) printf '\n%s\n' "$line" ;;
            esac
        done || fail "The dependencies could not be installed; see var/log/install.log."
}

# install_dependencies base|dev: does nothing when the stamp matches the locks.
install_dependencies() {
    local wanted="$1" build="$REPO/requirements/build.txt" lock="$REPO/requirements/$1.txt" python stamp want
    python="$(find_python)"
    # an install that was killed leaves this mark; what it left of packages can't be trusted
    if [ ! -x "$PYTHON" ] || [ -e "$VENV/.installing" ] || ! "$PYTHON" -c '' 2>/dev/null; then
        make_venv "$python"
    fi
    stamp="$VENV/.installed-$wanted"
    want="$(digest "$build" "$lock")"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
        return
    fi
    say "Installing the locked dependencies ($wanted); the first time takes a few minutes …"
    touch "$VENV/.installing"
    pip_install -r "$build"
    # --no-deps: the locks are full closures. That is also how face-recognition goes in without building dlib:
    # it asks for `dlib`, which exists as source only; `dlib-bin`, which the lock names, is the same module prebuilt.
    # --no-build-isolation: face-recognition-models is source only and is built with the setuptools just installed.
    pip_install --no-build-isolation -r "$lock"
    rm -f "$VENV"/.installed-*
    printf '%s' "$want" >"$stamp"
    # the dev lock holds the base lock's versions, so the demo need not install again
    if [ "$wanted" = dev ]; then
        digest "$build" "$REPO/requirements/base.txt" | tr -d '\n' >"$VENV/.installed-base"
    fi
    rm -f "$VENV/.installing"
}

# prepare_environment base|dev: one script at a time, the next waits.
prepare_environment() {
    settle_home
    if command -v flock >/dev/null; then
        exec 9>"$REPO/var/setup.lock"
        flock -n 9 || { say "Another script is installing; waiting for it …" && flock 9; }
    fi
    install_dependencies "$1"
    exec 9>&-
}

# Django without servers, for commands that read code only.
manage_without_servers() {
    DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 REALNAME_DEVELOPMENT=1 \
        "$PYTHON" "$REPO/manage.py" "$@"
}
