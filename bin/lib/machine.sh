# shellcheck shell=bash
# What a bare Debian machine lacks for a real Docker engine, brought there step by step. Sourced by the commands in bin/.
#
# Every ensure_* is quick where nothing is to be done. Where it cannot succeed it leaves one sentence in $machine_needs
# and returns 1, so that a caller can go on without Docker.

IGNY8_STATE=${IGNY8_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/igny8-pipeline}
IGNY8_REGISTRY_PORT=${IGNY8_REGISTRY_PORT:-5000}
export IGNY8_STATE IGNY8_REGISTRY_PORT
machine_needs=
mkdir -p "$IGNY8_STATE" && chmod 700 "$IGNY8_STATE"

say() {
  printf '%s\n' "$*"
}

needs() { # SENTENCE
  # shellcheck disable=SC2034  # read by the commands that source this file
  machine_needs=$1
  say "needed: $1" >&2
  return 1
}

# Runs a command with its output in a log; says how long it took, and shows the end of the log when it fails.
quietly() { # NAME COMMAND…
  local name=$1 log start=$SECONDS
  shift
  mkdir -p "$IGNY8_STATE/log"
  log="$IGNY8_STATE/log/${name//[^A-Za-z0-9]/-}.log"
  if "$@" > "$log" 2>&1 < /dev/null; then
    [ $((SECONDS - start)) -lt 2 ] || say "   $name: $((SECONDS - start)) s"
  else
    local code=$?
    say "   $name failed with exit code $code; the end of $log:" >&2
    tail -n 20 "$log" >&2
    return 1
  fi
}

is_root() {
  [ "$(id -u)" = 0 ]
}

apt_install() { # PACKAGE…
  command -v apt-get > /dev/null || needs "the packages $*; this machine has no apt-get to install them with" || return 1
  is_root || needs "root, to install the packages $*" || return 1
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  quietly "apt-get install $1" apt-get install -y --no-install-recommends "$@" && return 0
  # The lists may be missing or old.
  quietly "apt-get update" apt-get update
  quietly "apt-get install $1" apt-get install -y --no-install-recommends "$@" || needs "the packages $*, which apt-get could not install"
}

# Starts a program that outlives this script and remembers it by process ID and start time: a later process may get the same ID.
start_daemon() { # NAME COMMAND…
  local name=$1 folder="$IGNY8_STATE/daemons"
  shift
  mkdir -p "$folder" "$IGNY8_STATE/log"
  rm -f "$folder/$name"
  # shellcheck disable=SC2016  # the inner shell's variables
  setsid -f sh -c 'echo "$$ $(cut -d" " -f22 /proc/$$/stat)" > "$1"; shift; exec "$@"' sh "$folder/$name" "$@" \
    > "$IGNY8_STATE/log/$name.log" 2>&1 < /dev/null
}

# Prints the process ID of a daemon that we started and that still runs.
daemon_pid() { # NAME
  local pid start
  [ -r "$IGNY8_STATE/daemons/$1" ] && read -r pid start < "$IGNY8_STATE/daemons/$1" || return 1
  [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2> /dev/null)" = "$start" ] && echo "$pid"
}

stop_daemon() { # NAME
  local pid
  pid=$(daemon_pid "$1") || return 0
  say "stopping $1 (process $pid), which bin/demo started"
  kill "$pid"
  for _ in $(seq 150); do
    daemon_pid "$1" > /dev/null || break
    sleep 0.2
  done
  if daemon_pid "$1" > /dev/null; then
    say "   $1 still runs after 30 s: look at $IGNY8_STATE/log/$1.log" >&2
    return 1
  fi
  rm -f "$IGNY8_STATE/daemons/$1"
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
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

prepare_machine() {
  ensure_engine && ensure_plugins && ensure_registry && ensure_base
}
