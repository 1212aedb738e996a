package io.jenkins.plugins.igny8.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Jenkinsfile to compare.
 *
 * @param parameters values for the build
 * @param result what both sides must come to, so that two runs that failed at once for another reason are not taken for equal
 */
record Case(String name, String jenkinsfile, Map<String, String> parameters, String result) {

    private static final Path FOLDER = Path.of("src/test/resources/io/jenkins/plugins/igny8/comparison");

    /**
     * Those in the folder of resources. Their first lines are comments: what it shows, {@code // result: FAILURE}, and at will
     * {@code // parameter: NAME=value} and {@code // needs: docker}. {@code -Dcomparison.case=when,parallel} leaves the others out.
     */
    static List<Case> all(boolean withDocker) {
        List<String> wanted = List.of(System.getProperty("comparison.case", "").split(","));
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Case> cases = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".Jenkinsfile", "");
                String text = Files.readString(file);
                if (said(text, "needs").contains("docker") == withDocker && (wanted.contains("") || wanted.contains(name))) {
                    cases.add(read(name, text));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(String name, String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        said(text, "parameter").forEach(pair -> parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        return new Case(name, text, parameters, said(text, "result").get(0));
    }

    private static List<String> said(String text, String key) {
        String start = "// " + key + ": ";
        return text.lines().takeWhile(line -> line.startsWith("//")).filter(line -> line.startsWith(start)).map(line -> line.substring(start.length())).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
