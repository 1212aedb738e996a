package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.release.Release;
import io.jenkins.plugins.igny8.release.Releases;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Removes old images of a pipeline from the engine, which otherwise keeps every one that was ever deployed: of each repository the
 * last ones stay, whatever a container uses, running or not, and what a release needs that one can go back to.
 *
 * @param repositories names without tag, as the engine lists them; empty: those of which an image was ever deployed with a pin of
 *     our own, and those of this build's images
 * @param keep so many images of each repository stay, those that were made or got a name last
 * @param dryRun tell what would go, and change nothing
 */
public record PruneImages(List<String> repositories, int keep, boolean dryRun) implements Operation<PruneImages.Pruned> {

    /** Today's image and a few to go back to. */
    public static final int KEEP = 5;

    /** Subject of all that is told. */
    private static final String SUBJECT = "prune";

    public PruneImages {
        repositories = List.copyOf(repositories);
    }

    /**
     * What went.
     *
     * @param removed references, or with {@code dryRun} those that would go
     * @param kept how many images of the repositories stay
     * @param bytes what only the removed images held; layers that they shared with each other come on top
     */
    public record Pruned(List<String> removed, int kept, long bytes, boolean dryRun, double seconds) {}

    /** One image under the names that it has in one repository. */
    private record Named(Images.Image image, List<String> references) {}

    @Override
    public Pruned run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        refuse();
        Docker docker = new Docker(host);
        Map<String, List<Named>> byRepository = byRepository(docker.findAll(docker.ask(Images.all()), Images::inspect, Images::inspect), host);
        Set<String> used = used(docker, host);
        List<Named> old = new ArrayList<>();
        int kept = 0;
        for (List<Named> images : byRepository.values()) {
            List<Named> newestFirst = images.stream().sorted(Comparator.comparing((Named one) -> one.image().lastNamed()).reversed()).toList();
            List<Named> rest = newestFirst.stream().skip(keep).filter(one -> !used.contains(one.image().id())).toList();
            kept += images.size() - rest.size();
            old.addAll(rest);
        }
        // Asked before they go, and not at all where nothing goes: it takes the engine a while.
        Map<String, Long> sizes = old.isEmpty() ? Map.of() : docker.ask(Images.uniqueSizes());
        List<String> removed = new ArrayList<>();
        long bytes = 0;
        for (Named one : old) {
            if (removed(one, docker, host, removed)) {
                bytes += sizes.getOrDefault(one.image().id(), 0L);
            }
        }
        host.tell(Event.note(SUBJECT, (dryRun ? "would remove " : "removed ") + removed.size() + " names of " + old.size() + " images, at least "
                + bytes + " bytes; " + kept + " images of " + byRepository.size() + " repositories stay"));
        return new Pruned(removed, kept, bytes, dryRun, BuiltImage.secondsSince(start));
    }

    private void refuse() {
        List<String> problems = new ArrayList<>();
        if (keep < 1) {
            problems.add("'keep' is " + keep + ": give how many images of each repository stay, 1 or more.");
        }
        for (String repository : repositories) {
            Problems.note(problems, () -> {
                ImageReference reference = ImageReference.parse(repository);
                if (!reference.tag().isEmpty() || !reference.digest().isEmpty()) {
                    throw new Failure("'repositories' wants names without tag, but was given '" + repository + "': leave out what follows "
                            + reference.repository() + ".");
                }
            });
        }
        Problems.refuse(problems);
    }

    /** Images of the repositories that are meant. */
    private Map<String, List<Named>> byRepository(List<Images.Image> images, Host host) {
        Map<String, List<Named>> all = new TreeMap<>();
        Set<String> meant = repositories.stream().map(PruneImages::repository).collect(Collectors.toCollection(TreeSet::new));
        if (meant.isEmpty()) {
            ImagesOfBuild.of(host).forEach(image -> meant.addAll(List.of(repository(image.name()), repository(image.reference()))));
        }
        for (Images.Image image : images) {
            Map<String, List<String>> references = image.tags().stream().collect(Collectors.groupingBy(PruneImages::repository));
            for (String digest : image.repoDigests()) {
                // The name by digest goes with the last tag of its repository.
                references.computeIfAbsent(repository(digest), repository -> List.of(digest));
            }
            references.forEach((repository, names) -> {
                all.computeIfAbsent(repository, any -> new ArrayList<>()).add(new Named(image, names));
                if (repositories.isEmpty() && names.stream().anyMatch(PruneImages::isPin)) {
                    meant.add(repository);
                }
            });
        }
        all.keySet().retainAll(meant);
        return all;
    }

    private static String repository(String reference) {
        return ImageReference.parse(reference).familiarRepository();
    }

    private static boolean isPin(String reference) {
        return BuiltImage.LOCAL_PIN.matcher(ImageReference.parse(reference).tag()).matches();
    }

    /** Images of all containers, since one that has ended may be started again, and of all releases that stood and are kept. */
    private static Set<String> used(Docker docker, Host host) throws InterruptedException {
        Set<String> used = Deployed.described(docker.ask(Containers.all()), docker).stream().map(Container::imageId).collect(Collectors.toSet());
        Releases.ofEngine(docker, host).stream()
                .filter(Release::stood)
                .flatMap(release -> release.services().stream())
                .forEach(service -> used.add(service.imageId()));
        return used;
    }

    /** Whether all of its names are gone. */
    private boolean removed(Named one, Docker docker, Host host, List<String> removed) throws InterruptedException {
        for (String reference : one.references()) {
            if (!dryRun) {
                try {
                    docker.change(Images.remove(reference), line -> {});
                } catch (CommandFailed e) {
                    // Somebody has begun to use it, or was faster; that is no reason to stop.
                    host.tell(Event.warning(SUBJECT, reference + " stays: " + e.getMessage()));
                    return false;
                }
            }
            host.tell(Event.note(SUBJECT, (dryRun ? "would remove " : "removed ") + reference));
            removed.add(reference);
        }
        return true;
    }
}
