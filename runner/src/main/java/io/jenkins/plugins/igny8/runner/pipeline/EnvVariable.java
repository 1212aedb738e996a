package io.jenkins.plugins.igny8.runner.pipeline;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.igny8.runner.build.Build;
import java.util.Map;

/** {@code env} of a Jenkinsfile: reading gives what a command would see, writing holds for the rest of the build. */
public final class EnvVariable extends GroovyObjectSupport {

    private final Build build;

    EnvVariable(Build build) {
        this.build = build;
    }

    @Override
    public Object getProperty(String name) {
        return build.host().environment().get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        build.assign(name, value == null ? null : String.valueOf(value));
    }

    /** All variables that the build itself sets. */
    public Map<String, String> getEnvironment() {
        return build.variables();
    }
}
