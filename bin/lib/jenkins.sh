# shellcheck shell=bash
# A local Jenkins with this plugin and two jobs that are ready to press, set up by a file of the Configuration as Code plugin. Its Java
# parts come from the plugin's own build, so it is to be had where that build is.

# Set by jenkins_artifacts.
jenkins_mode=

IGNY8_JENKINS_PORT=${IGNY8_JENKINS_PORT:-8080}
JENKINS_HOME_OF_DEMO=$IGNY8_STATE/jenkins
JENKINS_URL_OF_DEMO=http://127.0.0.1:$IGNY8_JENKINS_PORT/jenkins/
# Nothing of it listens but the web page, and it asks nobody on the internet for updates.
JENKINS_JVM="-Xmx1g -Djenkins.install.runSetupWizard=false -Djenkins.model.Jenkins.slaveAgentPort=-1 -Dhudson.model.UpdateCenter.never=true \
-Dhudson.model.DownloadService.never=true -Dcasc.jenkins.config=$JENKINS_HOME_OF_DEMO/jenkins.yaml"

# Sets jenkins_mode: whether the Jenkins project's artifacts are in the local Maven repository or can be had from their own.
jenkins_artifacts() {
  local log="$IGNY8_STATE/log/jenkins-artifacts.log"
  mkdir -p "$IGNY8_STATE/log"
  # The second is what Maven does anyway: a word for "online".
  for jenkins_mode in --offline --fail-fast; do
    if timeout 300 mvn -B -ntp -q "$jenkins_mode" -f "$root/pom.xml" validate > "$log" 2>&1; then
      return 0
    fi
  done
  needs "the Jenkins project's artifacts, which can neither be found in the local Maven repository nor be had from here ($log)"
}

# Sets up and starts it, or finds it running.
jenkins_up() {
  if daemon_pid jenkins > /dev/null && jenkins_answers; then
    say "Jenkins: runs"
    return 0
  fi
  stop_jenkins || return 1
  lay_jenkins || return 1
  say "building the plugin and starting Jenkins on $JENKINS_URL_OF_DEMO"
  SECRETS=$JENKINS_HOME_OF_DEMO/secrets-of-demo start_daemon jenkins \
    mvn -B -ntp "$jenkins_mode" -f "$root/pom.xml" -Dmaven.test.skip=true -Dspotbugs.skip=true \
    hpi:run -Dhost=127.0.0.1 "-Dport=$IGNY8_JENKINS_PORT" "-DjenkinsHome=$JENKINS_HOME_OF_DEMO" \
    "-Dmaven.hpi.run.jvmArgs=$JENKINS_JVM @{jenkins.addOpens}"
  for _ in $(seq 600); do
    if jenkins_answers; then
      return 0
    fi
    daemon_pid jenkins > /dev/null || break
    sleep 0.5
  done
  tail -n 20 "$IGNY8_STATE/log/jenkins.log" >&2
  needs "a Jenkins that starts: the end of $IGNY8_STATE/log/jenkins.log is above"
}

# Maven runs it as a process of its own, which does not end with Maven.
stop_jenkins() {
  local pid children=()
  if pid=$(daemon_pid jenkins); then
    read -r -a children < <(cat "/proc/$pid/task/"*/children 2> /dev/null | tr '\n' ' ') || true
    [ ${#children[@]} -eq 0 ] || kill "${children[@]}" || true
  fi
  stop_daemon jenkins
}

jenkins_answers() {
  [ "$(curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "${JENKINS_URL_OF_DEMO}login" || true)" = 200 ]
}

# Its home: configuration, secrets that nobody else may read, both jobs and a workspace for each, as a checkout would leave it.
lay_jenkins() {
  local secrets="$JENKINS_HOME_OF_DEMO/secrets-of-demo" job
  mkdir -p "$JENKINS_HOME_OF_DEMO" || return 1
  chmod 700 "$JENKINS_HOME_OF_DEMO"
  mkdir -p "$secrets"
  [ -s "$secrets/ADMIN_PASSWORD" ] || (umask 077 && random_word > "$secrets/ADMIN_PASSWORD")
  (umask 077 && credential password | tr -d '\n' > "$secrets/REGISTRY_PASSWORD")
  write_jenkins_configuration > "$JENKINS_HOME_OF_DEMO/jenkins.yaml"
  for job in igny8 igny8-freestyle; do
    # Where Jenkins has workspaces if it finds jobs in a home that it has not made itself.
    mkdir -p "$JENKINS_HOME_OF_DEMO/jobs/$job/workspace"
    "$root/examples/igny8/releases/lay" r1 "$JENKINS_HOME_OF_DEMO/jobs/$job/workspace" || return 1
  done
  pipeline_job > "$JENKINS_HOME_OF_DEMO/jobs/igny8/config.xml"
  with_values_of_this_machine "$root/examples/igny8/freestyle/config.xml" > "$JENKINS_HOME_OF_DEMO/jobs/igny8-freestyle/config.xml"
}

write_jenkins_configuration() {
  cat << END
jenkins:
  systemMessage: "IGNY8 Pipeline: the jobs igny8 (a pipeline) and igny8-freestyle take the example stack from source to healthy."
  numExecutors: 2
  slaveAgentPort: -1
  securityRealm:
    local:
      allowsSignup: false
      users:
      - id: "admin"
        password: "\${ADMIN_PASSWORD}"
  authorizationStrategy:
    loggedInUsersCanDoAnything:
      allowAnonymousRead: false
credentials:
  system:
    domainCredentials:
    - credentials:
      - usernamePassword:
          scope: GLOBAL
          id: "$REGISTRY_LOGIN"
          description: "The registry on this machine"
          username: "$(credential username)"
          password: "\${REGISTRY_PASSWORD}"
unclassified:
  location:
    url: "$JENKINS_URL_OF_DEMO"
  igny8:
    registries:
    - url: "127.0.0.1:$IGNY8_REGISTRY_PORT"
      namespace: "igny8"
      credentialsId: "$REGISTRY_LOGIN"
END
}

# The example's defaults, but for the base image and the registry's port.
with_values_of_this_machine() { # FILE
  sed "s|debian:bookworm-slim|$IGNY8_BASE|; s|127\.0\.0\.1:5000|127.0.0.1:$IGNY8_REGISTRY_PORT|" "$1"
}

pipeline_job() {
  echo '<flow-definition><definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition"><sandbox>true</sandbox><script>'
  with_values_of_this_machine "$root/examples/igny8/Jenkinsfile" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
  echo '</script></definition></flow-definition>'
}
