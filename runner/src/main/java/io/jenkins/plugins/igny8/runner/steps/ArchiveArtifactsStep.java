package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code archiveArtifacts}: copies files into the folder of the build. */
@Symbol("archiveArtifacts")
public final class ArchiveArtifactsStep extends LocalStep implements LocalStep.OnAgent {

    private final String artifacts;
    private String excludes;
    private boolean allowEmptyArchive;

    @DataBoundConstructor
    public ArchiveArtifactsStep(String artifacts) {
        this.artifacts = artifacts;
    }

    @DataBoundSetter
    public void setExcludes(String excludes) {
        this.excludes = excludes;
    }

    @DataBoundSetter
    public void setAllowEmptyArchive(boolean allowEmptyArchive) {
        this.allowEmptyArchive = allowEmptyArchive;
    }

    @Override
    public Object run(Build build) throws Exception {
        Path from = build.context().directory();
        Path to = build.setup().folder().resolve("archive");
        List<String> files = Patterns.files(from, artifacts, excludes);
        if (files.isEmpty() && !allowEmptyArchive) {
            throw new Failure("No artifacts found that match the file pattern \"" + artifacts + "\". Configuration error?");
        }
        for (String file : files) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        build.console().say(files.isEmpty() ? "no file matches '" + artifacts + "'" : files.size() + " file(s) archived in " + to);
        return null;
    }
}
