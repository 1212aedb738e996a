# shellcheck shell=bash
# The image that all Dockerfiles of the example start from: Debian's own where images can be pulled, else one bootstrapped here from
# this machine's package source.

PUBLIC_BASE=debian:bookworm-slim
OWN_BASE=igny8-base:bookworm

has_image() { # REFERENCE
  docker image inspect "$1" > /dev/null 2>&1
}

ensure_base() {
  if [ -z "${IGNY8_BASE:-}" ]; then
    if has_image $OWN_BASE; then
      IGNY8_BASE=$OWN_BASE
    elif has_image $PUBLIC_BASE || timeout 60 docker pull --quiet $PUBLIC_BASE > /dev/null 2>&1; then
      IGNY8_BASE=$PUBLIC_BASE
    else
      bootstrap_base || return 1
      IGNY8_BASE=$OWN_BASE
    fi
  fi
  export IGNY8_BASE
  say "base image $IGNY8_BASE: there"
}

bootstrap_base() {
  command -v mmdebstrap > /dev/null || apt_install mmdebstrap || return 1
  is_root || needs "root, to bootstrap a base image, or a registry from which $PUBLIC_BASE can be pulled" || return 1
  say "bootstrapping the base image (no image can be pulled here)"
  quietly "base image" import_base || needs "a base image: bootstrapping one from this machine's package source failed"
}

# Without waiting for the disk: should the machine go down now, there is nothing worth keeping.
import_base() {
  set -o pipefail
  TMPDIR=$(roomy_memory) mmdebstrap --variant=minbase --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    bookworm - "$(own_source)" | docker import - $OWN_BASE
}

# A folder in memory where it has a gigabyte to spare; 30 s faster than a disk.
roomy_memory() {
  local free
  free=$(df --output=avail -k /dev/shm 2> /dev/null | tail -n 1)
  if [ "${free:-0}" -gt 1048576 ]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
}
