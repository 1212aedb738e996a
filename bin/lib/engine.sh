# shellcheck shell=bash
# A Docker engine: the one that answers, or one that is installed and started here.

engine_answers() {
  docker info > /dev/null 2>&1
}

engine_answers_within() { # SECONDS
  local end=$((SECONDS + $1))
  until engine_answers; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}

ensure_engine() {
  if engine_answers; then
    say "Docker engine $(docker version --format '{{.Server.Version}}'): there"
    return 0
  fi
  is_root || needs "a Docker engine that this user may use, or root to start one" || return 1
  command -v dockerd > /dev/null || apt_install docker.io iptables || return 1
  # Elsewhere the package starts the engine by itself.
  if [ -d /run/systemd/system ] && engine_answers_within 10; then
    return 0
  fi
  forget_dead_engine
  say "starting the Docker engine"
  start_daemon dockerd dockerd
  engine_answers_within 30 || needs "rights to run a Docker engine here; dockerd said: $(tail -n 1 "$IGNY8_STATE/log/dockerd.log")"
}

# dockerd refuses to start while the process of its pid file lives, whatever program that is by now.
forget_dead_engine() {
  local file=/var/run/docker.pid pid
  [ -r $file ] || return 0
  pid=$(cat $file)
  [ "$(cat "/proc/$pid/comm" 2> /dev/null)" = dockerd ] || rm -f $file
}
