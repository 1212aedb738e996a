package io.jenkins.plugins.igny8.runner.pipeline;

/** Taken as in Jenkins, where it marks a function that runs in one go; here every function does. */
public @interface NonCPS {}
