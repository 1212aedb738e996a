package io.jenkins.plugins.igny8.host;

/**
 * What came back from a URL.
 *
 * @param status the HTTP status; 0 where there was no answer
 * @param body the text, at most its first 1,000,000 characters
 * @param error why there was no answer; empty where there was one
 */
public record Page(int status, String body, String error) {}
