package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.RegistryLogin;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Pulls images, by digest where it is known, and gives each the name that compose files know it by. A bare name such as
 * {@code igny8-backend:1.2} lies at {@code registry} and {@code namespace}; a reference with a path is complete.
 *
 * @param registry {@code host[:port]}; null or empty: Docker Hub
 * @param namespace path between registry and name; null or empty: none
 * @param credentialsId the login to {@code registry}; null: whatever the user of the docker command is logged in to
 * @param images with their digests; empty: none where there are references, else those of the build so far
 * @param references further images, by their tag or digest
 */
public record PullImages(
        String registry, String namespace, String credentialsId, List<BuiltImage> images, List<String> references)
        implements Operation<BuiltImage.Images> {

    public PullImages {
        images = List.copyOf(images);
        references = List.copyOf(references);
    }

    /**
     * One image to pull.
     *
     * @param name what it is called here afterwards
     * @param tagged where it lies, as a person reads it
     * @param digest null: the tag decides
     */
    private record Wanted(String name, ImageReference tagged, String digest, Boolean cached) {

        String title() {
            return tagged.name();
        }

        ImageReference exact() {
            return digest == null ? tagged : tagged.withDigest(digest);
        }
    }

    @Override
    public BuiltImage.Images run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        List<Wanted> all = wanted(host);
        try (RegistryLogin login = RegistryLogin.of(host, registry == null ? "" : registry, credentialsId)) {
            List<Callable<BuiltImage>> pulls = new ArrayList<>();
            all.forEach(image -> pulls.add(() -> pull(image, login.docker(), host)));
            List<BuiltImage> pulled = Parallel.all(pulls);
            ImagesOfBuild.keep(host, pulled);
            return new BuiltImage.Images(pulled, BuiltImage.secondsSince(start));
        }
    }

    /** Everything to pull; all that is wrong at once, before anything runs. */
    private List<Wanted> wanted(Host host) {
        RegistryPlace place = new RegistryPlace(registry, namespace);
        List<String> problems = place.problems();
        Problems.refuse(problems);
        List<Wanted> all = new ArrayList<>();
        List<BuiltImage> known = references.isEmpty() ? ImagesOfBuild.orGiven(images, host) : images;
        known.forEach(image -> Problems.note(problems, () -> all.add(known(image, place))));
        references.forEach(reference -> Problems.note(problems, () -> all.add(referred(reference, place))));
        if (all.isEmpty() && problems.isEmpty()) {
            problems.add("There is no image to pull: run igny8Build and igny8Push first in this build, or give 'images' or 'references'.");
        }
        List<String> names = all.stream().map(Wanted::name).toList();
        names.stream().filter(name -> names.indexOf(name) != names.lastIndexOf(name)).distinct().forEach(name -> problems.add(
                "Two of the images would be called " + name + " here: pull one of them alone."));
        Problems.refuse(problems);
        return all;
    }

    private static Wanted known(BuiltImage image, RegistryPlace place) {
        if (image.digest() == null) {
            throw new Failure("The image " + image.name() + " has no digest, so it was never pushed: run igny8Push first, or give its"
                    + " reference in 'references'.");
        }
        Wanted wanted = new Wanted(image.name(), at(image.reference(), place), image.digest(), image.cached());
        wanted.exact();
        ImageReference.parse(image.name());
        return wanted;
    }

    private static Wanted referred(String text, RegistryPlace place) {
        ImageReference complete = at(text, place);
        String digest = complete.digest().isEmpty() ? null : complete.digest();
        // Only what lies where the step's images lie is one of them: a postgres:15 must not become postgres:latest.
        boolean ours = !(place.registry() + place.namespace()).isEmpty()
                && complete.repository().equals(place.of(complete.name()).repository());
        String name = ours ? complete.name() + ":latest" : complete.toString();
        return new Wanted(name, complete, digest, null);
    }

    private static ImageReference at(String text, RegistryPlace place) {
        ImageReference reference = ImageReference.parse(text);
        return reference.repository().contains("/") ? reference : place.of(text);
    }

    private BuiltImage pull(Wanted image, Docker docker, Host host) throws InterruptedException {
        long start = System.nanoTime();
        ImageReference exact = image.exact();
        host.tell(Event.note(image.title(), "pulling " + exact));
        try {
            new Retry(docker, host).change(Images.pull(exact), image.title());
            Images.Image here = docker.ask(Images.inspect(exact.toString()));
            ImageReference name = ImageReference.parse(image.name());
            if (name.digest().isEmpty()) {
                docker.change(Images.tag(here.id(), name), line -> {});
            }
            String digest = image.digest() == null ? here.digestIn(exact).orElse(null) : image.digest();
            BuiltImage pulled = new BuiltImage(
                    image.name(), image.tagged().toString(), here.id(), digest, BuiltImage.secondsSince(start), image.cached());
            host.tell(Event.note(image.title(), "pulled: " + here.id() + " as " + image.name() + " in " + pulled.seconds() + " s"));
            return pulled;
        } catch (CommandFailed e) {
            throw new Failure("The image " + image.title() + " was not pulled: " + e.getMessage());
        }
    }
}
