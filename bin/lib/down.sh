# shellcheck shell=bash
# Takes away what the demo made, and nothing else: by the names of its two projects and of the images that it builds.

demo_down() {
  if engine_answers; then
    remove_all "containers" "rm -f -v" "$(of_projects "ps -aq")"
    remove_all "networks" "network rm" "$(of_projects "network ls -q")"
    remove_all "volumes" "volume rm" "$(of_projects "volume ls -q")"
    remove_all "images" "rmi" "$(docker images --format '{{.Repository}}:{{.Tag}}' | grep -E "$(demo_images)" || true)"
  else
    say "no Docker engine answers: there are no containers, networks, volumes or images to take away"
  fi
  stop_daemon registry
  stop_daemon dockerd
  rm -rf "$IGNY8_STATE"/{registry,credentials.json,workspace,bench,bench.tsv,demo.json,log}
  say "packages stay; what BuildKit remembers of builds stays with the engine (docker builder prune)"
}

of_projects() { # WORDS
  local project
  for project in "$DEMO_PROJECT" "$DEMO_PROJECT-migrate" "$DEMO_INFRA"; do
    # shellcheck disable=SC2086  # the words of one docker command
    docker $1 --filter "label=com.docker.compose.project=$project"
  done
}

demo_images() {
  echo "^(127\.0\.0\.1:$IGNY8_REGISTRY_PORT/igny8/)?igny8-(backend|frontend-dev|frontend|marketing-dev|sites-dev|postgres|redis|base):"
}

remove_all() { # WHAT WORDS NAMES
  [ -n "$3" ] || return 0
  say "removing $(wc -w <<< "$3") $1"
  # shellcheck disable=SC2086  # the words of one docker command and the names, one each
  quietly "removing $1" docker $2 $3
}
