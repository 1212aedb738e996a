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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Pushes images and finds out their digests, by which they are exactly the same anywhere. One image goes first and takes the
 * layers along that the others share; pushed all at once, each would upload them again. When one fails the others are
 * finished, unless the registry refused the login.
 *
 * @param registry {@code host[:port]}; null or empty: Docker Hub
 * @param namespace path between registry and name; null or empty: none
 * @param credentialsId the login; null: whatever the user of the docker command is logged in to
 * @param tags empty: the commit that is checked out, else branch and build number
 * @param images empty: those of the build so far
 * @param also further registries that get the same, at the same time, each with its own login
 */
public record PushImages(
        String registry, String namespace, String credentialsId, List<String> tags, List<BuiltImage> images, List<Settings.Registry> also)
        implements Operation<PushImages.Pushed> {

    /** The tag that means the main line: a pull request's build must not move it. */
    private static final String LATEST = "latest";

    public PushImages {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
        also = List.copyOf(also);
    }

    /** To one registry. */
    public PushImages(String registry, String namespace, String credentialsId, List<String> tags, List<BuiltImage> images) {
        this(registry, namespace, credentialsId, tags, images, List.of());
    }

    /**
     * What was pushed.
     *
     * @param images as they lie in the first registry, from which later steps take them
     * @param also the same as they lie in the further ones, in their order
     */
    public record Pushed(List<BuiltImage> images, List<BuiltImage> also, double seconds) {}

    @Override
    public Pushed run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        List<BuiltImage> all = ImagesOfBuild.orGiven(images, host);
        refuseWhatCannotBePushed(all);
        List<String> allowed = allowedTags(host);
        if (allowed.isEmpty()) {
            host.tell(Event.warning("", "nothing is pushed: no other tag than " + LATEST + " was given"));
            return new Pushed(all, List.of(), BuiltImage.secondsSince(start));
        }
        List<Callable<List<BuiltImage>>> pushes = new ArrayList<>();
        targets().forEach(target -> pushes.add(() -> {
            RegistryPlace place = new RegistryPlace(target.host(), target.namespace());
            try (RegistryLogin login = RegistryLogin.of(host, place.registry(), target.credentialsId())) {
                return new Pushing(login.docker(), place, allowed, host).all(all);
            }
        }));
        List<List<BuiltImage>> pushed = Parallel.all(pushes);
        ImagesOfBuild.keep(host, pushed.get(0));
        return new Pushed(
                pushed.get(0), pushed.stream().skip(1).flatMap(List::stream).toList(), BuiltImage.secondsSince(start));
    }

    private List<Settings.Registry> targets() {
        List<Settings.Registry> targets = new ArrayList<>(List.of(new Settings.Registry(registry, namespace, credentialsId)));
        targets.addAll(also);
        return targets;
    }

    /** All that is wrong at once, before anything runs. */
    private void refuseWhatCannotBePushed(List<BuiltImage> all) {
        List<String> problems = new ArrayList<>();
        List<RegistryPlace> places = new ArrayList<>();
        for (Settings.Registry target : targets()) {
            RegistryPlace place = new RegistryPlace(target.host(), target.namespace());
            problems.addAll(place.problems());
            if (place.registry().isEmpty() && place.namespace().isEmpty()) {
                problems.add("There is no place to push to: give 'registry', or for Docker Hub the 'namespace' that is yours.");
            }
            if (places.contains(place)) {
                problems.add("'also' names " + (place.registry() + "/" + place.namespace()).replaceAll("^/|/$", "") + " again, where the images go already: take it out.");
            }
            places.add(place);
        }
        tags.forEach(tag -> Problems.note(problems, () -> ImageReference.checkedTag(tag)));
        if (all.isEmpty()) {
            problems.add("There is no image to push: run igny8Build first in this build, or give 'images'.");
        }
        Map<String, String> names = new HashMap<>();
        for (BuiltImage image : all) {
            Problems.note(problems, () -> {
                String other = names.putIfAbsent(ImageReference.parse(image.name()).name(), image.name());
                if (other != null) {
                    throw new Failure("The images " + other + " and " + image.name() + " would have the same name in the registry: push them"
                            + " with a 'namespace' each.");
                }
            });
        }
        Problems.refuse(problems);
    }

    private List<String> allowedTags(Host host) throws InterruptedException {
        if (tags.isEmpty()) {
            String tag = DefaultTag.of(host);
            host.tell(Event.note("", "no 'tags' given: the tag is " + tag));
            return List.of(tag);
        }
        if (host.environment().getOrDefault("CHANGE_ID", "").isEmpty() || !tags.contains(LATEST)) {
            return tags;
        }
        host.tell(Event.warning("", "this is the build of a pull request: the tag " + LATEST + " is not pushed"));
        return tags.stream().filter(tag -> !tag.equals(LATEST)).toList();
    }

    /** What stays the same for all images of one run. */
    private record Pushing(Docker docker, RegistryPlace place, List<String> tags, Host host) {

        List<BuiltImage> all(List<BuiltImage> images) throws InterruptedException {
            List<BuiltImage> pushed = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            try {
                pushed.add(push(images.get(0)));
            } catch (NotPushed e) {
                if (e.forAll) {
                    throw e;
                }
                failures.add(e.getMessage());
            }
            List<Callable<BuiltImage>> rest = new ArrayList<>();
            images.stream().skip(1).forEach(image -> rest.add(() -> push(image)));
            try {
                pushed.addAll(Parallel.all(rest));
            } catch (Failure e) {
                failures.add(e.getMessage());
            }
            Problems.refuse(failures);
            return pushed;
        }

        private BuiltImage push(BuiltImage image) throws InterruptedException {
            long start = System.nanoTime();
            String title = ImageReference.parse(image.name()).name();
            ImageReference first = place.of(title).withTag(tags.get(0));
            String source = image.imageId() == null ? image.name() : image.imageId();
            String id = docker.find(Images.inspect(source)).map(Images.Image::id).orElseThrow(() -> new NotPushed("The image " + image.name()
                    + " was not pushed: this engine has no " + source + "; build it here, or push where it was built.", false));
            for (String tag : tags) {
                push(title, id, first.withTag(tag));
            }
            String digest = docker.ask(Images.inspect(id)).digestIn(first).orElseThrow(() -> new NotPushed("The image " + image.name()
                    + " was pushed to " + first + ", but the engine knows no digest of it: push it again.", false));
            BuiltImage pushed = new BuiltImage(
                    image.name(), first.toString(), id, digest, BuiltImage.secondsSince(start), image.cached());
            host.tell(Event.note(title, "pushed: " + pushed.pin() + " in " + pushed.seconds() + " s"));
            return pushed;
        }

        private void push(String title, String id, ImageReference reference) throws InterruptedException {
            host.tell(Event.note(title, "pushing " + reference));
            try {
                docker.change(Images.tag(id, reference), line -> {});
                new Retry(docker, host).change(Images.push(reference), title);
            } catch (CommandFailed e) {
                throw new NotPushed("The image " + title + " was not pushed: " + e.getMessage(), e.loginRefused());
            }
        }
    }

    private static final class NotPushed extends Failure {
        private static final long serialVersionUID = 1L;

        /** Whether the other images will meet the same. */
        private final boolean forAll;

        NotPushed(String message, boolean forAll) {
            super(message);
            this.forAll = forAll;
        }
    }
}
