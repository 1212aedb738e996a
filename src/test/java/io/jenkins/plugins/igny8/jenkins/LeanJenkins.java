package io.jenkins.plugins.igny8.jenkins;

import java.util.concurrent.TimeUnit;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A whole Jenkins for scripted pipelines: the plugins that they do not need cost the most of a start. */
final class LeanJenkins {

    private LeanJenkins() {}

    static RealJenkinsExtension real(int minutes) {
        return new RealJenkinsExtension()
                .withTimeout((int) TimeUnit.MINUTES.toSeconds(minutes))
                .omitPlugins("antisamy-markup-formatter", "bootstrap5-api", "branch-api", "checks-api", "configuration-as-code", "docker-workflow",
                        "echarts-api", "font-awesome-api", "jquery3-api", "junit", "pipeline-groovy-lib", "pipeline-input-step", "pipeline-model-api",
                        "pipeline-model-definition", "pipeline-model-extensions", "pipeline-stage-tags-metadata", "plugin-util-api", "prism-api",
                        "workflow-multibranch");
    }
}
