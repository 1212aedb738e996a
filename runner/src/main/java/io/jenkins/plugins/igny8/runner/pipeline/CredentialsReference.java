package io.jenkins.plugins.igny8.runner.pipeline;

/** What {@code credentials('id')} gives in a section {@code environment}. */
public record CredentialsReference(String id) {}
