# shellcheck shell=bash
# A registry on this machine that asks for a login. The password is made here, once, and lies only in the credentials file of the
# runner, which nobody else may read.

IGNY8_CREDENTIALS=$IGNY8_STATE/credentials.json
REGISTRY_LOGIN=igny8-registry

ensure_registry() {
  local missing=()
  if registry_answers; then
    say "registry 127.0.0.1:$IGNY8_REGISTRY_PORT: there"
  else
    command -v docker-registry > /dev/null || missing+=(docker-registry)
    command -v htpasswd > /dev/null || missing+=(apache2-utils)
    command -v curl > /dev/null || missing+=(curl)
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}" || return 1
    # The package's own service would listen on all addresses from the next boot on.
    case ${missing[*]} in *docker-registry*) quietly "registry service" update-rc.d docker-registry disable || return 1 ;; esac
    write_registry_files && start_registry || return 1
  fi
  engine_reaches_registry \
    || needs "a Docker engine on this machine: the one at $(engine_endpoint) does not reach the registry at 127.0.0.1:$IGNY8_REGISTRY_PORT"
}

start_registry() {
  say "starting the registry on 127.0.0.1:$IGNY8_REGISTRY_PORT"
  stop_daemon registry || return 1
  start_daemon registry docker-registry serve "$IGNY8_STATE/registry/config.yml"
  for _ in $(seq 50); do
    if registry_answers; then
      return 0
    fi
    daemon_pid registry > /dev/null || break
    sleep 0.2
  done
  stop_daemon registry
  needs "the port $IGNY8_REGISTRY_PORT of 127.0.0.1 for a registry (IGNY8_REGISTRY_PORT chooses another); it said: $(tail -n 1 "$IGNY8_STATE/log/registry.log")"
}

# Whether the registry there takes our login, and nobody without one.
registry_answers() {
  [ -n "$(credential password)" ] && command -v curl > /dev/null || return 1
  [ "$(registry_status < /dev/null)" = 401 ] \
    && [ "$(printf 'user = "%s:%s"\n' "$(credential username)" "$(credential password)" | registry_status)" = 200 ]
}

# Prints the HTTP status; options, a login among them, come by standard input, never by argv.
registry_status() {
  curl --config - --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "http://127.0.0.1:$IGNY8_REGISTRY_PORT/v2/" || true
}

# The engine may be on another machine, or this one a container that borrows it: it is asked for an image that does not exist.
engine_reaches_registry() {
  local answer
  answer=$(LC_ALL=C timeout 20 docker pull "127.0.0.1:$IGNY8_REGISTRY_PORT/igny8/none" 2>&1) || true
  case $answer in *"no basic auth"* | *unauthorized* | *denied* | *"not found"* | *unknown*) return 0 ;; *) return 1 ;; esac
}

# Others than ours may stand in the file too.
credential() { # KEY
  [ ! -r "$IGNY8_CREDENTIALS" ] || tr -d '\n' < "$IGNY8_CREDENTIALS" \
    | sed -n "s/.*\"$REGISTRY_LOGIN\": *{[^}]*\"$1\": *\"\([^\"]*\)\".*/\1/p"
}

write_registry_files() {
  local folder="$IGNY8_STATE/registry"
  mkdir -p "$folder/storage"
  [ -n "$(credential password)" ] || add_credential
  (umask 077 && credential password | htpasswd -niB "$(credential username)" > "$folder/htpasswd") || return 1
  cat > "$folder/config.yml" << END
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: "$folder/storage"}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$IGNY8_REGISTRY_PORT"}
auth:
  htpasswd: {realm: igny8, path: "$folder/htpasswd"}
END
}

add_credential() {
  local others=
  [ ! -s "$IGNY8_CREDENTIALS" ] || others=$(tr -d '\n' < "$IGNY8_CREDENTIALS" | sed 's/^ *{ *//; s/ *} *$//')
  write_credentials "\"$REGISTRY_LOGIN\": {\"username\": \"igny8\", \"password\": \"$(random_word)\"}${others:+, $others}"
}

# Leaves those that somebody else put there.
remove_credential() {
  local others
  [ -s "$IGNY8_CREDENTIALS" ] || return 0
  others=$(tr -d '\n' < "$IGNY8_CREDENTIALS" | sed "s/\"$REGISTRY_LOGIN\": *{[^}]*} *,\{0,1\} *//; s/^ *{ *//; s/[ ,]*} *\$//")
  if [ -n "$others" ]; then write_credentials "$others"; else rm -f "$IGNY8_CREDENTIALS"; fi
}

write_credentials() { # MEMBERS
  (umask 077 && printf '{%s}\n' "$1" > "$IGNY8_CREDENTIALS.new") && mv "$IGNY8_CREDENTIALS.new" "$IGNY8_CREDENTIALS"
}

# A password of this machine alone.
random_word() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}
