# shellcheck shell=bash
# Takes away what the demo made, and nothing else: by the names of its projects and of the images that it builds.

demo_down() {
  local left=0 spared=
  lock_machine
  stop_jenkins || left=1
  if engine_answers; then
    remove_all "containers" "rm -f -v" "$(of_projects "ps -aq")" || left=1
    remove_all "networks" "network rm" "$(of_projects "network ls -q")" || left=1
    remove_all "volumes" "volume rm" "$(of_projects "volume ls -q")" || left=1
    remove_all "images that lost their name" "rmi" "$(earlier_builds)" || left=1
    remove_all "images" "rmi" "$(demo_images)" || left=1
  else
    say "no Docker engine answers: there are no containers, networks, volumes or images to take away"
  fi
  stop_daemon registry || left=1
  stop_engine || left=1
  remove_credential
  # An engine that goes on writes its log there.
  if daemon_pid dockerd > /dev/null; then spared=dockerd.log; fi
  find "$IGNY8_STATE/log" -type f ! -name "$spared" -delete 2> /dev/null || true
  rm -rf --one-file-system "${IGNY8_STATE:?}"/{registry,jenkins,workspace,bench,bench.tsv,demo.json,no-public-base} || left=1
  unlock_machine
  say "packages stay; what BuildKit remembers of builds stays with the engine (docker builder prune)"
  [ $left = 0 ] || say "not everything could be taken away; what stays is named above" >&2
  return $left
}

# Unless somebody has put something of their own on it meanwhile.
stop_engine() {
  local others
  daemon_pid dockerd > /dev/null || return 0
  others=$(docker ps --format '{{.Names}}')
  if [ -n "$others" ]; then
    say "the Docker engine that bin/demo started goes on: these containers are not the demo's: ${others//$'\n'/, }"
  else
    stop_daemon dockerd
  fi
}

of_projects() { # WORDS
  local project
  for project in "$DEMO_PROJECT" "$DEMO_PROJECT-migrate" "$DEMO_INFRA" "$BENCH_PROJECT" "$BENCH_PROJECT-migrate"; do
    # shellcheck disable=SC2086  # the words of one docker command
    docker $1 --filter "label=com.docker.compose.project=$project"
  done
}

# Every tag of the images that the example builds, here and as pushed; by digest where a tag has gone elsewhere since.
demo_images() {
  docker images --digests --format '{{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}}' \
    | awk '{ print $1 !~ /:<none>$/ ? $1 : $2 }' \
    | grep -E "^(127\.0\.0\.1:$IGNY8_REGISTRY_PORT/igny8/)?igny8-(backend|frontend-dev|frontend|marketing-dev|sites-dev|postgres|redis|base)[:@]" \
    | grep -v '<none>$' | sort -u || true
}

# Builds whose name a later one took, known by the layer at their bottom: nobody else has that of a base that was bootstrapped here.
earlier_builds() {
  local layer
  layer=$(docker image inspect --format '{{index .RootFS.Layers 0}}' "$OWN_BASE" 2> /dev/null) || return 0
  docker images -q --no-trunc --filter dangling=true | xargs -r docker image inspect --format '{{.Id}} {{json .RootFS}}' 2> /dev/null \
    | awk -v bottom="\"Layers\":[\"$layer\"" 'index($2, bottom) { print $1 }'
}

remove_all() { # WHAT WORDS NAMES
  [ -n "$3" ] || return 0
  say "removing $1: $(wc -w <<< "$3")"
  # shellcheck disable=SC2086  # the words of one docker command and the names, one each
  quietly "removing $1" docker $2 $3
}
