# shellcheck shell=bash
# What the commands tell, and how long it took.

# The sentence that says what is missing, after an ensure_* returned 1.
machine_needs=

say() {
  printf '%s\n' "$*"
}

needs() { # SENTENCE
  # shellcheck disable=SC2034  # read by the commands
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
