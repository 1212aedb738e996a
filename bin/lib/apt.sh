# shellcheck shell=bash
# Debian packages, and the source that this machine gets them from.

POLICY=/usr/sbin/policy-rc.d

apt_install() { # PACKAGE…
  command -v apt-get > /dev/null || needs "the packages $*; this machine has no apt-get to install them with" || return 1
  is_root || needs "root, to install the packages $*" || return 1
  say "installing $*"
  quietly "apt-get install $1" install_packages "$@" || needs "the packages $*, which apt-get could not install"
}

# No service is started: ours listen where we say, and bin/demo down stops what bin/demo started.
install_packages() ( # PACKAGE…
  if [ ! -e $POLICY ]; then
    trap 'rm -f $POLICY' EXIT
    printf '#!/bin/sh\nexit 101\n' > $POLICY
    chmod 755 $POLICY
  fi
  export DEBIAN_FRONTEND=noninteractive
  install=(apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends)
  "${install[@]}" "$@" && exit
  echo "The lists of packages may be missing or old."
  # Some other source may not answer: whether the lists are good enough is seen afterwards.
  apt-get update || true
  "${install[@]}" "$@"
)

# Where this machine gets its own release from; a host's name is never written down.
own_source() {
  local release found
  # shellcheck source=/dev/null
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  # Without --no-release-info nothing is known before the first update.
  # shellcheck disable=SC2016  # apt's own variables
  found=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' \
    | awk -v release="$release" '($2 == release || $2 == "stable") && $3 == "main" { print $1; exit }')
  [ -n "$found" ] && echo "$found"
}
