# shellcheck shell=bash
# The image that all Dockerfiles of the example start from: Debian's own where images can be pulled, else one bootstrapped here from
# this machine's package source.

PUBLIC_BASE=debian:bookworm-slim
OWN_BASE=igny8-base:bookworm
OWN_BASE_RELEASE=bookworm

has_image() { # REFERENCE
  docker image inspect "$1" > /dev/null 2>&1
}

# Sets IGNY8_BASE; one that is given is taken as it is.
ensure_base() {
  if [ -z "${IGNY8_BASE:-}" ]; then
    if has_image $OWN_BASE; then
      IGNY8_BASE=$OWN_BASE
    elif has_image $PUBLIC_BASE || pull_public_base; then
      IGNY8_BASE=$PUBLIC_BASE
    else
      bootstrap_base || return 1
      IGNY8_BASE=$OWN_BASE
    fi
  fi
  export IGNY8_BASE
  say "base image $IGNY8_BASE: there"
}

# Where no image can be pulled that is remembered for a day: it may take an engine a while to find out.
pull_public_base() {
  local refused=$IGNY8_STATE/no-public-base
  [ -z "$(find "$refused" -mtime -1 2> /dev/null)" ] || return 1
  say "pulling $PUBLIC_BASE"
  if timeout 60 docker pull --quiet $PUBLIC_BASE > /dev/null 2>&1; then
    rm -f "$refused"
  else
    touch "$refused"
    return 1
  fi
}

bootstrap_base() {
  is_root || needs "root, to bootstrap a base image, or a registry from which $PUBLIC_BASE can be pulled" || return 1
  command -v mmdebstrap > /dev/null || apt_install mmdebstrap || return 1
  say "bootstrapping the base image (no image can be pulled here)"
  if memory_is_roomy && quietly "base image, in memory" import_base unshare --mount sh -c "$IN_MEMORY" sh; then
    return 0
  fi
  quietly "base image" import_base env || needs "a base image: bootstrapping one from this machine's package source failed"
}

# 30 s faster than a disk. The file system is seen by this process alone and gone with it, however it ends.
# shellcheck disable=SC2016  # the inner shell's variables
IN_MEMORY='mount -t tmpfs -o mode=755,size=1g tmpfs "$TMPDIR" && exec "$@"'

memory_is_roomy() {
  [ "$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)" -gt $((2 * 1024 * 1024)) ]
}

# Packages are unpacked without waiting for the disk: should the machine go down now, there is nothing worth keeping. Times of files
# that are all the same make the same layer each time, which the engine's build cache and a registry know again; 1980, since there
# are archives that cannot hold an earlier one. The tar file is complete before the engine sees it: half of one is an image too.
import_base() ( # COMMAND… that runs mmdebstrap
  work=$(mktemp -d)
  trap 'rm -rf --one-file-system "$work"' EXIT
  chmod 755 "$work" && mkdir "$work/tree" || exit 1
  source=$(own_source) || { echo "apt-get knows no source of this machine's own release." && exit 1; }
  # Inside of a build apt-get needs what it needs here.
  proxy=
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  SOURCE_DATE_EPOCH=315532800 TMPDIR=$work/tree "$@" mmdebstrap --variant=minbase \
    --aptopt='Acquire::Languages "none"' ${proxy:+--aptopt="Acquire::http::Proxy \"$proxy\""} --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    $OWN_BASE_RELEASE "$work/base.tar" "$source" \
    && docker import "$work/base.tar" $OWN_BASE
)
