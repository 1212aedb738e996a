# shellcheck shell=bash
# Docker Compose v2 and buildx as plugins of the docker command. Debian 12 has neither; the next release has both, and each is one
# program that runs here too.

NEXT_RELEASE=trixie

ensure_plugins() {
  local missing=()
  docker compose version > /dev/null 2>&1 || missing+=(docker-compose)
  docker buildx version > /dev/null 2>&1 || missing+=(docker-buildx)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get > /dev/null || needs "the docker plugins ${missing[*]}; this machine has no apt-get to get them with" || return 1
  say "installing ${missing[*]} from Debian's next release"
  quietly "docker plugins" install_plugins "${missing[@]}" \
    || needs "Docker Compose v2 and buildx as plugins of the docker command"
}

# With sources, lists and cache of its own, so that nothing else of this machine ever comes from that release.
install_plugins() { # PACKAGE…
  local work source folder program
  work=$(mktemp -d)
  source=$(own_source)
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $source $NEXT_RELEASE main" > "$work/sources.list"
  local apt=(apt-get -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists"
    -o "Dir::Cache=$work/cache")
  "${apt[@]}" update && (cd "$work" && "${apt[@]}" download "$@") || return 1
  folder=/usr/libexec/docker/cli-plugins
  is_root || folder=$HOME/.docker/cli-plugins
  mkdir -p "$folder"
  for program in "$work"/*.deb; do
    dpkg-deb -x "$program" "$work/unpacked"
  done
  find "$work/unpacked" -path '*/cli-plugins/docker-*' -type f -exec cp {} "$folder/" \;
  rm -rf "$work"
  docker compose version && docker buildx version
}

# Where this machine gets its own release from; a host's name is never written down.
own_source() {
  # shellcheck disable=SC2016  # apt's own variables
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
    | awk -v release="$(own_release)" '$2 == release && $3 == "main" { print $1; exit }'
}

own_release() {
  # shellcheck source=/dev/null
  (. /etc/os-release && echo "$VERSION_CODENAME")
}
