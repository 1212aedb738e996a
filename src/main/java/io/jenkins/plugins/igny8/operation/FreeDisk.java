package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Answer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much space an engine has left where it keeps its containers. Its API does not tell, and its machine need not be ours; but a
 * container's root is an overlay over that very file system, whose free space {@code df} in the container shows.
 */
final class FreeDisk {

    /** Other file systems than an overlay may be as big as one container is allowed to be. The third number is what is free. */
    private static final Pattern ROOT = Pattern.compile("(?m)^\\S*overlay\\S*\\s+\\d+\\s+\\d+\\s+(\\d+)\\s+\\d+%\\s+/$");

    private static final int BLOCK_BYTES = 1024;

    private FreeDisk() {}

    /** In bytes; null where none of the containers can tell. */
    static Long of(InfraNetwork network) throws InterruptedException {
        for (Container container : network.running()) {
            Optional<Answer> answer = network.run(container, "df", "-Pk", "/");
            Matcher root = ROOT.matcher(answer.map(Answer::out).orElse(""));
            if (root.find()) {
                return Long.parseLong(root.group(1)) * BLOCK_BYTES;
            }
        }
        return null;
    }
}
