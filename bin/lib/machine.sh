# shellcheck shell=bash
# What a bare Debian machine lacks for a real Docker engine, brought there step by step. Sourced by the commands in bin/.
#
# Every ensure_* is quick where nothing is to be done. Where it cannot succeed it leaves one sentence in $machine_needs
# and returns 1, so that a caller can go on without Docker.

: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
IGNY8_STATE=${IGNY8_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/igny8-pipeline}
IGNY8_REGISTRY_PORT=${IGNY8_REGISTRY_PORT:-5000}
export HOME IGNY8_STATE IGNY8_REGISTRY_PORT

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=say.sh
. "$root/bin/lib/say.sh"

if ! (umask 077 && mkdir -p "$IGNY8_STATE") 2> /dev/null || [ ! -w "$IGNY8_STATE" ]; then
  say "the state folder $IGNY8_STATE cannot be written; IGNY8_STATE chooses another" >&2
  exit 1
fi
# The folder may be older than this script, but one that is shared with others (/tmp) stays so.
[ -k "$IGNY8_STATE" ] || [ ! -O "$IGNY8_STATE" ] || chmod 700 "$IGNY8_STATE"
IGNY8_STATE=$(cd "$IGNY8_STATE" && pwd)

# shellcheck source=apt.sh
. "$root/bin/lib/apt.sh"
# shellcheck source=daemon.sh
. "$root/bin/lib/daemon.sh"
# shellcheck source=engine.sh
. "$root/bin/lib/engine.sh"
# shellcheck source=plugins.sh
. "$root/bin/lib/plugins.sh"
# shellcheck source=registry.sh
. "$root/bin/lib/registry.sh"
# shellcheck source=base.sh
. "$root/bin/lib/base.sh"
# shellcheck source=down.sh
. "$root/bin/lib/down.sh"
# shellcheck source=stack.sh
. "$root/bin/lib/stack.sh"
# shellcheck source=jenkins.sh
. "$root/bin/lib/jenkins.sh"

# Sets IGNY8_BASE.
prepare_machine() {
  local code=0
  lock_machine
  ensure_engine && ensure_plugins && ensure_registry && ensure_base || code=$?
  unlock_machine
  return $code
}

# Two commands at the same time go one after the other; the lock ends with its holder, however that ends.
lock_machine() {
  exec 9> "$IGNY8_STATE/lock"
  flock -n 9 || { say "waiting for another command that works on this machine" && flock 9; }
}

unlock_machine() {
  exec 9>&-
}
