package io.jenkins.plugins.igny8.operation;

import java.util.List;

/**
 * A folder of the engine's machine that covers the code in an image, and what holds there.
 *
 * @param services that have it
 * @param source the folder on the engine's machine
 * @param target the folder in the image
 * @param holds {@code check}, {@code host} or {@code image}: what was asked for
 * @param different files that are not as in the image; with {@code image} it is not looked at
 */
public record HeldCode(List<String> services, String source, String target, String holds, List<String> different) {}
