# shellcheck shell=bash
# The example stack's surroundings: a workspace with one release in it and its infra stack.

DEMO_PROJECT=igny8-app
DEMO_INFRA=igny8-infra
BENCH_PROJECT=igny8-bench
DEMO_WORKSPACE=$IGNY8_STATE/workspace

# Lays a release over the workspace, as a checkout would.
lay_release() { # RELEASE
  "$root/examples/igny8/releases/lay" "$1" "$DEMO_WORKSPACE"
}

infra_up() {
  say "infra stack: Postgres, Redis and the network igny8_net"
  (cd "$DEMO_WORKSPACE" && IGNY8_BASE=$IGNY8_BASE quietly "infra stack" \
    docker compose -f docker-compose.infra.yml -p "$DEMO_INFRA" up -d --build --wait --wait-timeout 120)
}

prepare_stack() { # RELEASE
  lay_release "$1"
  infra_up
}

show_answers() {
  local url
  for url in \
    "http://127.0.0.1:${IGNY8_FRONTEND_PORT:-8021}/" \
    "http://127.0.0.1:${IGNY8_MARKETING_PORT:-8023}/" \
    "http://127.0.0.1:${IGNY8_SITES_PORT:-8024}/" \
    "http://127.0.0.1:${IGNY8_BACKEND_PORT:-8011}/api/v1/system/status/"; do
    say "   $url  ($(curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "$url" || true))"
  done
}
