package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Paths;
import java.util.regex.Pattern;

/** A file of the workspace that is mounted and not there: Docker makes an empty folder of that name and mounts it. */
public final class SourceMissing implements Rule {

    /** A name with an ending; others may be data folders that are to be made at the first start. */
    private static final Pattern FILE = Pattern.compile(".*[^/.][^/]*\\.(?!d$)[A-Za-z][A-Za-z0-9]{0,9}");

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                boolean ours = Paths.isWithin(mount.source(), stack.surroundings().workspace());
                boolean file = FILE.matcher(mount.source()).matches() && FILE.matcher(mount.target()).matches();
                if (mount.isBind() && ours && file && !stack.isThere(mount.source())) {
                    found.add(mount.value().get("source").place(), "The service " + service.name() + " mounts "
                            + Paths.relative(mount.source(), stack.surroundings().workspace())
                            + ", which is not in the workspace.", "Correct the path, or make the file before.");
                }
            }
        }
    }
}
