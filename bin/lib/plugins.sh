# shellcheck shell=bash
# Docker Compose v2 and buildx as plugins of the docker command. Debian 12 has neither; the next release has both, and each is one
# program that runs here too.

NEXT_RELEASE=trixie
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# Debian 12's own docker command builds with BuildKit only when it is told so.
export DOCKER_BUILDKIT=1

ensure_plugins() {
  local missing=()
  docker compose version > /dev/null 2>&1 || missing+=(docker-compose)
  docker buildx version > /dev/null 2>&1 || missing+=(docker-buildx)
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get > /dev/null || needs "${missing[*]} as plugins of the docker command; this machine has no apt-get to get them with" || return 1
  say "installing ${missing[*]} from Debian's next release"
  quietly "docker plugins" install_plugins "${missing[@]}" || needs "${missing[*]} as plugins of the docker command"
}

# With sources, lists and cache of its own, so that nothing else of this machine ever comes from that release.
install_plugins() ( # PACKAGE…
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  source=$(own_source) || { echo "apt-get knows no source of this machine's own release." && exit 1; }
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"
  echo "deb [signed-by=$KEYRING] $source $NEXT_RELEASE main" > "$work/sources.list"
  apt=(apt-get -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists"
    -o "Dir::Cache=$work/cache")
  "${apt[@]}" update && cd "$work" && "${apt[@]}" download "$@" || exit 1
  for package in ./*.deb; do
    dpkg-deb -x "$package" unpacked || exit 1
  done
  folder=$(plugin_folder) && mkdir -p "$folder" || exit 1
  find unpacked -path '*/cli-plugins/docker-*' -type f -exec cp {} "$folder/" \;
  docker compose version && docker buildx version
)

# Both are looked into by every docker command; only root may write into the first.
plugin_folder() {
  if is_root; then echo /usr/libexec/docker/cli-plugins; else echo "${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins"; fi
}
