package io.jenkins.plugins.igny8.runner.steps;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.tools.ant.DirectoryScanner;

/** Files by Ant's patterns, several separated by commas, as Jenkins' steps take them. */
final class Patterns {

    private Patterns() {}

    /** Paths relative to the folder, sorted. */
    static List<String> files(Path folder, String includes, String excludes) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(folder.toFile());
        scanner.setIncludes(split(includes));
        scanner.setExcludes(split(excludes));
        scanner.addDefaultExcludes();
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles()).sorted().toList();
    }

    private static String[] split(String patterns) {
        return patterns == null ? new String[0] : Arrays.stream(patterns.split(",")).map(String::strip).filter(pattern -> !pattern.isEmpty()).toArray(String[]::new);
    }
}
