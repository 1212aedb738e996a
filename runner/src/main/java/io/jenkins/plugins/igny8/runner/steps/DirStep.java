package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.Context;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code dir}: another folder for the steps inside; made if need be. */
@Symbol("dir")
public final class DirStep extends LocalStep.WithBlock implements LocalStep.OnAgent {

    private final String path;

    @DataBoundConstructor
    public DirStep(String path) {
        this.path = path;
    }

    @Override
    public Object run(Build build, Body body) throws Exception {
        Context context = build.context();
        Path directory = context.directory().resolve(path).normalize();
        return body.run(context.in(Files.createDirectories(directory)));
    }
}
