package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why an image was not built, in one sentence with the line of the Dockerfile, as far as the builder's lines tell. */
final class BuildFailure {

    /** A newer BuildKit ends the story of a failed build with the place: {@code Dockerfile:12}. */
    private static final Pattern PLACE = Pattern.compile("\\S*Dockerfile\\S*:(\\d+)");

    /** Every BuildKit says which instruction failed: {@code  > [2/3] RUN false:}. */
    private static final Pattern INSTRUCTION = Pattern.compile(" > \\[[^\\]]*\\d/\\d+\\] (.*):");

    /** What does not even parse: {@code dockerfile parse error line 2:}, in newer ones {@code on line 2}. */
    private static final Pattern PARSE_ERROR = Pattern.compile("parse error (?:on )?line (\\d+):");

    /** The base image is looked up before anything runs: {@code  > [internal] load metadata for docker.io/library/debian:13:}. */
    private static final Pattern BASE = Pattern.compile(" > \\[(?:\\S+ )?internal\\] load metadata for (\\S+):");

    /** The legacy builder tells of each instruction before it carries it out: {@code Step 2/3 : RUN false}. */
    private static final Pattern STEP = Pattern.compile("Step \\d+/\\d+ : (.*)");

    private BuildFailure() {}

    /** @param reason what docker's own words were turned into */
    static String sentence(ImageToBuild image, List<String> lines, String reason, Folder workspace) {
        List<String> dockerfile = linesOf(image.dockerfile(), workspace);
        String base = "";
        int number = 0;
        for (String line : lines) {
            Matcher place = PLACE.matcher(line.trim());
            Matcher instruction = INSTRUCTION.matcher(line);
            Matcher parseError = PARSE_ERROR.matcher(line);
            Matcher metadata = BASE.matcher(line);
            Matcher step = STEP.matcher(line);
            if (place.matches()) {
                number = Integer.parseInt(place.group(1));
            } else if (parseError.find()) {
                number = Integer.parseInt(parseError.group(1));
            } else if (instruction.matches()) {
                number = lineOf(instruction.group(1), dockerfile);
            } else if (step.matches()) {
                number = lineOf(step.group(1), dockerfile);
                base = step.group(1).startsWith("FROM ") ? step.group(1).split("\\s+")[1] : "";
            } else if (metadata.matches()) {
                base = familiar(metadata.group(1));
                number = lineThatNames(base, dockerfile);
            }
        }
        return "The image " + image.name() + " was not built"
                + (number == 0 ? "" : " (" + image.dockerfile() + ", line " + number + ")")
                + (base.isEmpty()
                        ? ": " + reason
                        : ": its base image " + base + " cannot be pulled: " + reason + " Check FROM and 'buildArgs', or pull it first with"
                                + " igny8Pull.");
    }

    /** No lines where it is none: a folder, for example, of which the reason tells. */
    private static List<String> linesOf(String dockerfile, Folder workspace) {
        try {
            return workspace.read(dockerfile).lines().toList();
        } catch (Failure unreadable) {
            return List.of();
        }
    }

    /** The builder writes an instruction that goes over several lines as one, with the blanks that were there. */
    private static int lineOf(String instruction, List<String> dockerfile) {
        String wanted = plain(instruction);
        for (int first = 0; first < dockerfile.size(); first++) {
            List<String> parts = new ArrayList<>();
            int line = first;
            while (line < dockerfile.size() && dockerfile.get(line).stripTrailing().endsWith("\\")) {
                parts.add(dockerfile.get(line).stripTrailing().replaceFirst("\\\\$", ""));
                line++;
            }
            parts.add(line < dockerfile.size() ? dockerfile.get(line) : "");
            if (plain(String.join(" ", parts)).equals(wanted)) {
                return first + 1;
            }
        }
        return 0;
    }

    private static int lineThatNames(String base, List<String> dockerfile) {
        for (int line = 0; line < dockerfile.size(); line++) {
            List<String> words = List.of(dockerfile.get(line).trim().split("\\s+"));
            if (words.get(0).equalsIgnoreCase("FROM") && words.contains(base)) {
                return line + 1;
            }
        }
        return 0;
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }

    /** As people write it. */
    private static String familiar(String reference) {
        return reference.replaceFirst("^docker\\.io/(?:library/)?", "");
    }
}
