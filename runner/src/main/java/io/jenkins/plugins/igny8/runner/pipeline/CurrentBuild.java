package io.jenkins.plugins.igny8.runner.pipeline;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.report.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** {@code currentBuild} of a Jenkinsfile. */
public final class CurrentBuild {

    private final Build build;

    CurrentBuild(Build build) {
        this.build = build;
    }

    /** Null as long as nothing has set it. */
    public String getResult() {
        return build.setResult() == null ? null : build.setResult().name();
    }

    /** As in Jenkins a result only ever gets worse. */
    public void setResult(String result) {
        try {
            build.worsen(Result.valueOf(result));
        } catch (IllegalArgumentException e) {
            throw new Failure("currentBuild.result is one of " + Arrays.toString(Result.values()) + ", not '" + result + "'.");
        }
    }

    public String getCurrentResult() {
        return build.result().name();
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return build.result().compareTo(Result.valueOf(other)) <= 0;
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return build.result().compareTo(Result.valueOf(other)) >= 0;
    }

    public int getNumber() {
        return build.setup().number();
    }

    public String getId() {
        return String.valueOf(build.setup().number());
    }

    public String getDisplayName() {
        return "#" + build.setup().number();
    }

    public String getProjectName() {
        return build.setup().job();
    }

    public String getFullDisplayName() {
        return build.setup().job() + " " + getDisplayName();
    }

    public long getStartTimeInMillis() {
        return build.start().toEpochMilli();
    }

    public long getDuration() {
        return Duration.between(build.start(), Instant.now()).toMillis();
    }
}
