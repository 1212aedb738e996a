package io.jenkins.plugins.igny8.host;

/**
 * Who runs a step.
 *
 * @param step names this run of the step, by chance and for ever: another one never has it, the same one has it again after an interruption
 * @param run names the build for {@link Host#isOver}, which another host may be asked
 * @param build the build as people call it, such as {@code shop/deploy #12}
 * @param url where a person can look at it; empty where there is no such place
 * @param user who started it, or what did
 */
public record Caller(String step, String run, String build, String url, String user) {}
