# shellcheck shell=bash
# A Docker engine: the one that answers, or one that is installed and started here.

OWN_ENDPOINT=unix:///var/run/docker.sock
PID_FILE=/var/run/docker.pid

# Within a time, since the engine may be said to be on another machine.
engine_answers() {
  timeout 10 docker info > /dev/null 2>&1
}

ensure_engine() {
  if engine_answers; then
    engine_is_there
    return 0
  fi
  is_root || needs "a Docker engine that this user may use, or root to start one" || return 1
  # An engine may be there, and only the command that talks to it is not.
  if ! command -v docker > /dev/null && { [ -n "${DOCKER_HOST:-}" ] || [ -S "${OWN_ENDPOINT#unix://}" ]; }; then
    install_docker || return 1
    if engine_answers; then
      engine_is_there
      return 0
    fi
  fi
  [ "$(engine_endpoint)" = $OWN_ENDPOINT ] \
    || needs "an answer from the Docker engine at $(engine_endpoint), which DOCKER_HOST or docker's context names" || return 1
  may_run_engine \
    || needs "a Docker engine that answers, or the rights to run one (this container lacks the capabilities SYS_ADMIN and NET_ADMIN)" || return 1
  install_docker || return 1
  start_engine
}

engine_is_there() {
  say "Docker engine $(docker version --format '{{.Server.Version}}'): there"
}

# The one that the docker command talks to.
engine_endpoint() {
  docker context inspect --format '{{.Endpoints.docker.Host}}' 2> /dev/null || echo "${DOCKER_HOST:-$OWN_ENDPOINT}"
}

# What is missing of the two programs; Debian's later releases have the docker command in a package of its own.
install_docker() {
  command -v dockerd > /dev/null && command -v docker > /dev/null || apt_install docker.io ca-certificates || return 1
  command -v docker > /dev/null || apt_install docker-cli
}

# Root in a container mostly may not: better known before anything is installed.
may_run_engine() {
  local held
  held=$((16#$(awk '$1 == "CapEff:" { print $2 }' /proc/self/status)))
  ((held >> 21 & 1 && held >> 12 & 1))
}

# dockerd listens on its socket only.
start_engine() {
  local end=$((SECONDS + 30))
  forget_dead_engine
  say "starting the Docker engine"
  start_daemon dockerd dockerd
  while [ $SECONDS -lt $end ] && daemon_pid dockerd > /dev/null; do
    if engine_answers; then
      return 0
    fi
    sleep 0.2
  done
  stop_daemon dockerd
  needs "rights to run a Docker engine here; dockerd said: $(dockerd_said)"
}

# Its last message, which may have several lines.
dockerd_said() {
  local log="$IGNY8_STATE/log/dockerd.log"
  if grep -q '^failed to' "$log"; then sed -n '/^failed to/,$p' "$log"; else tail -n 1 "$log"; fi | tr -s '\n ' ' '
}

# dockerd refuses to start while the process of its pid file lives, whatever program that is by now, or is a zombie.
forget_dead_engine() {
  local pid
  [ -r $PID_FILE ] || return 0
  pid=$(cat $PID_FILE)
  if [ "$(cat "/proc/$pid/comm" 2> /dev/null)" != dockerd ] || [ -z "$(start_time "$pid")" ]; then
    rm -f $PID_FILE
  fi
}
