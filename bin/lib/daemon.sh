# shellcheck shell=bash
# Programs that outlive the command which started them. Each is remembered by process ID and start time, since a later process may
# get the same ID.

start_daemon() { # NAME COMMAND…
  local name=$1 folder="$IGNY8_STATE/daemons"
  shift
  mkdir -p "$folder" "$IGNY8_STATE/log"
  rm -f "$folder/$name"
  # 9 is the lock of prepare_machine, which the daemon must not hold.
  # shellcheck disable=SC2016  # the inner shell's variables
  (cd / && setsid -f sh -c 'echo "$$ $(cut -d" " -f22 /proc/$$/stat)" > "$1"; shift; exec "$@"' sh "$folder/$name" "$@" \
    > "$IGNY8_STATE/log/$name.log" 2>&1 < /dev/null 9>&-)
  until [ -s "$folder/$name" ]; do sleep 0.02; done
}

# Prints the process ID of a daemon that we started and that still runs.
daemon_pid() { # NAME
  local pid start
  [ -r "$IGNY8_STATE/daemons/$1" ] && read -r pid start < "$IGNY8_STATE/daemons/$1" || return 1
  [ "$(start_time "$pid")" = "$start" ] && echo "$pid"
}

# Prints when a living process started, in clock ticks since boot; nothing for a zombie, which is only not fetched yet.
start_time() { # PID
  sed -n 's/.*) //; /^[ZX]/d; p' "/proc/$1/stat" 2> /dev/null | cut -d' ' -f20
}

stop_daemon() { # NAME
  local pid
  if ! pid=$(daemon_pid "$1"); then
    rm -f "$IGNY8_STATE/daemons/$1"
    return 0
  fi
  say "stopping $1 (process $pid), which bin/demo started"
  kill "$pid" || true
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
