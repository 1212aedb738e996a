package io.jenkins.plugins.igny8.agent;

/** Where commands are carried to. */
enum Cell {
    BUILT_IN("node('built-in') {", "}"),
    INBOUND("node('inbound') {", "}"),
    INBOUND_C("node('inbound') {", "}"),
    CONTAINER("node('built-in') { withDockerContainer('" + Docker.BASE + "') {", "} }"),
    THROUGH_SHELL("node('built-in') { throughShell {", "} }");

    private final String before;
    private final String after;

    Cell(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** A Jenkinsfile with these steps there. */
    String around(String steps) {
        return before + "\n" + steps + "\n" + after;
    }

    boolean onAgent() {
        return this == INBOUND || this == INBOUND_C;
    }

    String locale() {
        return this == INBOUND_C ? "C" : "C.UTF-8";
    }
}
