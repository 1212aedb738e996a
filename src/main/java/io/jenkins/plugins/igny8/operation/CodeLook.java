package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares folders of the engine's machine with the folders of an image that they cover. It happens on the engine, in a throw-away
 * container of that image that mounts them read-only, so nothing is copied and the engine may be on any machine.
 *
 * @param imageId the image, which the engine has
 */
record CodeLook(String imageId, Docker docker, Host host) {

    /** A tree of 30,000 files takes seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(300);

    /** Where the folders are mounted, by their number. */
    private static final String HOST_ROOT = "/igny8-host/";

    /** What a running program makes for itself, or only a developer needs. */
    private static final Set<String> NO_CODE = Set.of(".git", ".gitkeep", "__pycache__", ".pytest_cache", ".DS_Store");

    /**
     * Of each folder given: folders and endings of the files in it; where a folder of the host is mounted for it, what differs (links
     * are compared, not followed, where diff can), and when the host's files last changed, name and rights included.
     */
    private static final String LOOK = """
            LC_ALL=C; export LC_ALL
            links=
            if diff --no-dereference /dev/null /dev/null 2> /dev/null; then links=--no-dereference; fi
            number=0
            for folder in "$@"; do
              number=$((number + 1))
              host=/igny8-host/$number
              echo "folder $folder"
              [ ! -e "$folder" ] || echo exists
              [ -d "$folder" ] || continue
              find "$folder" -name .git -prune -o -name __pycache__ -prune -o -type f -print |
                sed -e 's|/[^/]*\\(\\.[^/.]*\\)$|/\\1|' -e t -e 's|/[^/]*$|/|' | sort -u
              [ -d "$host" ] || continue
              diff -r -q $links "$folder" "$host" || { status=$?; [ $status = 1 ] || exit $status; }
              stat -c 'inode %i' "$host"
              find "$host" -name .git -prune -o -name __pycache__ -prune -o -type f -exec stat -c 'file %Z %n' {} +
            done
            """;

    private static final Pattern ONLY = Pattern.compile("Only in (.+?): (.+)");

    /**
     * What was seen of one mount.
     *
     * @param exists whether the image has anything there, if only a file or an empty folder
     * @param covers whether the image has a folder with files there; where not, nothing else was looked at
     * @param different the files that differ, each as a person reads it. A file that only the host has counts where the image has files
     *     of its ending in the same folder: a migration more would run, a log file is none
     * @param inode of the host's folder: a container goes on seeing the old one where it is replaced; empty where it was not mounted
     * @param newest when a file of the host of an ending that the image has there last changed; the epoch where there is none
     */
    record Seen(boolean exists, boolean covers, List<String> different, String inode, Instant newest) {}

    /** What the image has there, whatever the host has. */
    Map<CodeMount, Seen> image(List<CodeMount> mounts) throws InterruptedException {
        return look(mounts, Map.of());
    }

    /**
     * The image's folders beside those of the host.
     *
     * @throws CommandFailed where the host lacks a folder: {@link CommandFailed#sourceMissing}
     */
    Map<CodeMount, Seen> both(List<CodeMount> mounts) throws InterruptedException {
        Map<String, String> folders = new LinkedHashMap<>();
        for (int i = 0; i < mounts.size(); i++) {
            folders.put(HOST_ROOT + (i + 1), mounts.get(i).source());
        }
        return look(mounts, folders);
    }

    private Map<CodeMount, Seen> look(List<CodeMount> mounts, Map<String, String> folders) throws InterruptedException {
        List<List<String>> sections = sections(run(mounts.stream().map(CodeMount::target).toList(), folders));
        Map<CodeMount, Seen> seen = new LinkedHashMap<>();
        for (int i = 0; i < mounts.size(); i++) {
            seen.put(mounts.get(i), seen(mounts.get(i), HOST_ROOT + (i + 1), sections.get(i)));
        }
        return seen;
    }

    private static Seen seen(CodeMount mount, String mounted, List<String> lines) {
        Set<String> kinds = new HashSet<>();
        Set<String> endings = new HashSet<>();
        lines.stream().filter(line -> line.startsWith("/")).forEach(kind -> {
            kinds.add(kind);
            endings.add(ending(kind));
        });
        List<String> different = new ArrayList<>();
        boolean exists = false;
        String inode = "";
        long newest = 0;
        for (String line : lines) {
            String[] words = line.split(" ", 3);
            if (line.equals("exists")) {
                exists = true;
            } else if (words[0].equals("inode")) {
                inode = words[1];
            } else if (words[0].equals("file")) {
                String path = mount.target() + words[2].substring(mounted.length());
                if (isCode(path, mount) && endings.contains(ending(kind(path)))) {
                    newest = Math.max(newest, Long.parseLong(words[1]));
                }
            } else if (!kinds.isEmpty()) {
                note(line, mount, mounted, kinds, different);
            }
        }
        return new Seen(exists, !kinds.isEmpty(), different, inode, Instant.ofEpochSecond(newest));
    }

    private static void note(String line, CodeMount mount, String mounted, Set<String> kinds, List<String> files) {
        Matcher only = ONLY.matcher(line);
        if (only.matches()) {
            boolean onHost = (only.group(1) + "/").startsWith(mounted + "/");
            String folder = mount.target() + only.group(1).substring(onHost ? mounted.length() : mount.target().length());
            String path = folder + "/" + only.group(2);
            if (isCode(path, mount) && (!onHost || kinds.contains(kind(path)))) {
                files.add(within(path, mount) + (onHost ? " (only on the host)" : " (only in the image)"));
            }
            return;
        }
        String start = line.startsWith("Files ") ? "Files " : "File ";
        if (line.startsWith(start + mount.target()) && line.contains(mounted)) {
            int end = start.equals("Files ")
                    // "Files A/x and B/x differ": x may hold anything, but it stands there twice.
                    ? start.length() + mount.target().length() + (line.length() - "Files ".length() - " and ".length() - " differ".length() - mount.target().length() - mounted.length()) / 2
                    : line.indexOf(" is a ");
            String path = line.substring(start.length(), end);
            if (isCode(path, mount)) {
                files.add(within(path, mount));
            }
        }
    }

    private static boolean isCode(String path, CodeMount mount) {
        String within = within(path, mount);
        return !mount.hides(path) && !within.endsWith(".pyc") && List.of(within.split("/")).stream().noneMatch(NO_CODE::contains);
    }

    private static String within(String path, CodeMount mount) {
        return path.substring(mount.target().length() + 1);
    }

    /** As {@link #LOOK} writes it: the folder and the name's ending. */
    private static String kind(String path) {
        int slash = path.lastIndexOf('/');
        int dot = path.lastIndexOf('.');
        return path.substring(0, slash + 1) + (dot > slash ? path.substring(dot) : "");
    }

    private static String ending(String kind) {
        return kind.substring(kind.lastIndexOf('/') + 1);
    }

    private String run(List<String> targets, Map<String, String> folders) throws InterruptedException {
        String name = "igny8-code-" + UUID.randomUUID().toString().substring(0, 8);
        try {
            return docker.ask(Containers.readOnce(name, imageId, folders, LOOK, targets, LIMIT));
        } catch (CommandFailed e) {
            if (e.exitCode() == Answer.NO_SUCH_PROGRAM) {
                throw new Failure("the image has no sh, find, sed, sort, stat or diff");
            }
            List<String> said = e.lines();
            throw e.saidByEngine() || said.isEmpty() ? e : new Failure(said.get(said.size() - 1));
        } finally {
            Leftovers.remove(name, docker, host);
        }
    }

    /** The lines that follow each {@code folder …} line, in the order of the folders given. */
    private static List<List<String>> sections(String output) {
        List<List<String>> sections = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith("folder ")) {
                sections.add(new ArrayList<>());
            } else {
                sections.get(sections.size() - 1).add(line);
            }
        }
        return sections;
    }
}
