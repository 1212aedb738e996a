package io.jenkins.plugins.igny8.jenkins;

/** The runner's side of the seam for what a Jenkinsfile nests in a step's parameters, such as {@code igny8Image(...)}. */
public abstract class Igny8Describable {

    /** Base of each describable's descriptor, which carries its {@code @Symbol}. */
    public abstract static class Descriptor {}
}
