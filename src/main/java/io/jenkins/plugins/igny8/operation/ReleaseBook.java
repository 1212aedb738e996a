package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.release.Release;
import io.jenkins.plugins.igny8.release.Releases;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keeps the releases of a project on its engine, each with its images. Written to only by who holds the project's lock.
 *
 * @param project as this build means it
 * @param code what holds in this build
 */
record ReleaseBook(ComposeProject project, CodeTruth code, Docker docker, Host host) {

    private Releases releases() {
        return new Releases(docker, host, project.name());
    }

    List<Release> all() throws InterruptedException {
        return releases().all();
    }

    /**
     * What a stack is.
     *
     * @param release the release that it is; null: none, since nothing stands or what stands is what a failed change left
     * @param wayBack the release to go back to, where a change of it fails; null: there is none
     */
    record Standing(Release release, Release wayBack) {}

    /**
     * The release that a stack is. What others brought there is kept as one of its own, so that there is a way back to it.
     *
     * @param files what this build says of it, for the code that it mounts
     * @param write whether it may be kept; else it is only told what it would be
     */
    Standing of(RunningStack stack, Compose files, boolean write) throws InterruptedException {
        if (stack.isEmpty()) {
            return new Standing(null, null);
        }
        List<Release> kept = all();
        Release last = lastStood(kept);
        List<String> differences = last == null ? List.of() : stack.differences(last);
        Release newest = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        // What was gone back to may have its images under tags of our own, where its tags had moved on.
        boolean goneBack = newest != null && newest.outcome().equals(Release.ROLLED_BACK) && stack.differences(newest).isEmpty();
        if (last != null && (goneBack || differences.isEmpty())) {
            return new Standing(last, last);
        }
        if (newest != null && newest.outcome().equals(Release.BROKEN) && stack.differences(newest).isEmpty()) {
            host.tell(Event.warning("", "what runs is what release " + newest.number() + " left, which is broken"
                    + (last == null ? "" : "; the way back leads to release " + last.number())));
            return new Standing(null, last);
        }
        if (last != null) {
            host.tell(Event.warning("", "what runs is not release " + last.number() + ", the last that was deployed: " + String.join("; ", differences)));
        }
        Release adopted = release(releases().next(), Release.ADOPTED, ran(stack, files), stack, ReleaseFiles.NONE, List.of(), null);
        if (write) {
            keep(adopted);
            host.tell(Event.note("", "what ran before is kept as release " + adopted.number() + ", with its images"));
        }
        return new Standing(adopted, adopted);
    }

    /** What held for the code of a stack that others brought: what this build says of it may be another thing. */
    private CodeTruth ran(RunningStack stack, Compose files) throws InterruptedException {
        Map<String, String> imageIds = stack.asServices().stream().collect(Collectors.toMap(Release.Service::name, Release.Service::imageId));
        MountedCode code = MountedCode.of(CodeTruth.IMAGE, docker.ask(files.config()), imageIds.keySet(), imageIds, docker, host);
        try {
            return code.isMountedIn(Deployed.containersOf(project.name(), docker)) ? CodeTruth.HOST : CodeTruth.IMAGE;
        } catch (Failure cannotBeTold) {
            // With its mounts, as the files say.
            return CodeTruth.HOST;
        }
    }

    /** The release that a stack is, if it is the last that stood; else null. Nothing is kept or told. */
    Release last(RunningStack stack) throws InterruptedException {
        Release last = lastStood(all());
        return last != null && !stack.isEmpty() && stack.differences(last).isEmpty() ? last : null;
    }

    /** Whether the last change ended broken, and nothing was seen to stand since: be it that what is there is what stood before, it may be cut. */
    boolean isBroken() throws InterruptedException {
        return all().stream()
                .filter(one -> !one.outcome().equals(Release.UNCHANGED))
                .reduce((first, second) -> second)
                .filter(one -> one.outcome().equals(Release.BROKEN))
                .isPresent();
    }

    private static Release lastStood(List<Release> kept) {
        return kept.stream().filter(Release::stood).reduce((first, second) -> second).orElse(null);
    }

    /**
     * Keeps what runs now under the next number.
     *
     * @param applied migrations that were applied for it
     * @param migrations what the database had before and after; null: nobody asked
     * @param keep so many releases that stood stay
     */
    Release add(String outcome, RunningStack stack, List<String> applied, Release.Migrations migrations, int keep) throws InterruptedException {
        List<Release> kept = all();
        Release release = release(Math.max(1, releases().next()), outcome, code, stack, ReleaseFiles.of(project, host), applied, migrations);
        keep(release);
        host.tell(Event.note("", project.name() + ": release " + release.number() + " is " + outcome));
        forgetOld(kept, outcome.equals(Release.DEPLOYED) ? keep - 1 : keep);
        return release;
    }

    /** The same release once more: what was gone back to is the newest that stood. */
    Release again(Release target, RunningStack stack, List<String> reversed, Release.Migrations migrations, int keep) throws InterruptedException {
        List<Release> kept = all();
        Release release =
                release(Math.max(1, releases().next()), Release.DEPLOYED, code, stack, ReleaseFiles.of(target), reversed, migrations).as(target);
        keep(release);
        host.tell(Event.note("", project.name() + ": release " + release.number() + " is release " + target.number() + " again"));
        forgetOld(kept, keep - 1);
        return release;
    }

    private Release release(
            long number, String outcome, CodeTruth held, RunningStack stack, ReleaseFiles files, List<String> applied, Release.Migrations migrations) {
        Caller caller = host.caller();
        return new Release(
                project.name(), number, outcome, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), caller.build(), caller.url(), caller.user(),
                stack.asServices(), project.profiles(), files.files(), files.others(), files.files().isEmpty() ? Map.of() : variables(files), held.word(),
                files.leftOut(), List.copyOf(applied), migrations, null);
    }

    private Map<String, String> variables(ReleaseFiles files) {
        return VariablesOfFiles.fingerprints(files.all(), project, host);
    }

    /** Names of the variables whose values are others than when a release was deployed. */
    List<String> changedVariables(Release release) {
        return Differences.ofVariables(release, variables(ReleaseFiles.of(release)));
    }

    /** Its images get tags of our own, which {@code docker image prune} leaves alone. */
    private void keep(Release release) throws InterruptedException {
        for (Release.Service one : release.services()) {
            if (!one.image().startsWith("sha256:") && docker.find(Images.inspect(one.imageId())).isPresent()) {
                docker.change(Images.tag(one.imageId(), BuiltImage.localPin(one.image(), one.imageId())), line -> {});
            }
        }
        releases().keep(release);
        host.keep("release", Plain.of(release));
    }

    /** @param stay so many of those that stood before */
    private void forgetOld(List<Release> kept, int stay) throws InterruptedException {
        List<Release> stood = kept.stream().filter(Release::stood).toList();
        long oldest = stood.size() <= stay ? -1 : stood.get(stood.size() - stay - 1).number();
        for (Release release : kept) {
            if (release.number() <= oldest) {
                releases().forget(release);
            }
        }
    }
}
