# shellcheck shell=bash
# A registry on this machine that asks for a login. The password is made here, once, and lies only in the credentials file of the
# runner, which nobody else may read.

IGNY8_CREDENTIALS=$IGNY8_STATE/credentials.json

ensure_registry() {
  if registry_answers; then
    say "registry 127.0.0.1:$IGNY8_REGISTRY_PORT: there"
    return 0
  fi
  local missing=()
  command -v docker-registry > /dev/null || missing+=(docker-registry)
  command -v htpasswd > /dev/null || missing+=(apache2-utils)
  command -v curl > /dev/null || missing+=(curl)
  [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}" || return 1
  # The package's own service, where there is one, would listen on all addresses.
  case " ${missing[*]} " in *" docker-registry "*) [ ! -d /run/systemd/system ] || quietly "registry service" systemctl disable --now docker-registry ;; esac
  write_registry_files
  say "starting the registry on 127.0.0.1:$IGNY8_REGISTRY_PORT"
  start_daemon registry docker-registry serve "$IGNY8_STATE/registry/config.yml"
  for _ in $(seq 50); do
    registry_answers && return 0
    sleep 0.2
  done
  needs "the port $IGNY8_REGISTRY_PORT of 127.0.0.1 for a registry (IGNY8_REGISTRY_PORT chooses another); it said: $(tail -n 1 "$IGNY8_STATE/log/registry.log")"
}

# Whether the registry there takes our login; the password goes by standard input, never by argv.
registry_answers() {
  [ -s "$IGNY8_CREDENTIALS" ] && command -v curl > /dev/null || return 1
  local user password
  user=$(credential username)
  password=$(credential password)
  printf 'user = "%s:%s"\n' "$user" "$password" \
    | curl --config - --silent --fail --output /dev/null --max-time 5 "http://127.0.0.1:$IGNY8_REGISTRY_PORT/v2/"
}

credential() { # KEY
  sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$IGNY8_CREDENTIALS"
}

write_registry_files() {
  local folder="$IGNY8_STATE/registry"
  mkdir -p "$folder/storage"
  if [ ! -s "$IGNY8_CREDENTIALS" ]; then
    (umask 077 && printf '{"igny8-registry": {"username": "igny8", "password": "%s"}}\n' "$(random_word)" > "$IGNY8_CREDENTIALS")
  fi
  (umask 077 && credential password | htpasswd -niB "$(credential username)" > "$folder/htpasswd")
  cat > "$folder/config.yml" << END
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: $folder/storage}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$IGNY8_REGISTRY_PORT"}
auth:
  htpasswd: {realm: igny8, path: $folder/htpasswd}
END
}
