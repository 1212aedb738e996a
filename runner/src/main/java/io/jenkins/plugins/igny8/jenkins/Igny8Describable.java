package io.jenkins.plugins.igny8.jenkins;

import java.util.Set;

/** The runner's side of the seam for what a Jenkinsfile nests in a step's parameters, such as {@code igny8Image(...)}. */
public abstract class Igny8Describable {

    /** See {@link Igny8Step#shellText()}. */
    public Set<String> shellText() {
        return Set.of();
    }

    /** Base of each describable's descriptor, which carries its {@code @Symbol}. */
    public abstract static class Descriptor {}
}
