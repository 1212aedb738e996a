package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.regex.Pattern;

/**
 * A checked image reference: {@code [registry/][namespace/]name[:tag][@digest]}. The grammar is that of the distribution
 * project; every part is checked, the registry too, and a wrong one is named.
 *
 * @param registry host and port; empty for the default registry or a local image
 * @param path namespace and name
 * @param tag empty where there is none
 * @param digest {@code sha256:…}; empty where there is none
 */
public record ImageReference(String registry, String path, String tag, String digest) {

    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public static ImageReference parse(String text) {
        if (text == null || text.isEmpty()) {
            throw new Failure("An image has no name: give its 'name', such as igny8-backend:latest.");
        }
        String rest = text;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
            check(DIGEST, digest, "digest", text);
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
            check(TAG, tag, "tag", text);
        }
        String registry = "";
        int slash = rest.indexOf('/');
        if (slash > 0 && isRegistry(rest.substring(0, slash))) {
            registry = rest.substring(0, slash);
            rest = rest.substring(slash + 1);
            check(REGISTRY, registry, "registry", text);
        }
        for (String component : rest.split("/", -1)) {
            check(COMPONENT, component, "name", text);
        }
        return new ImageReference(registry, rest, tag, digest);
    }

    /** Checks a registry's host and port alone; returns it. */
    public static String checkedRegistry(String registry) {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new Failure("'" + registry + "' is not a valid registry: give host[:port], such as registry.example.com:5000, without"
                    + " https:// and without a path.");
        }
        if (!isRegistry(registry)) {
            throw new Failure("Docker takes '" + registry + "' for a namespace of Docker Hub and not for a registry: give a name with a dot,"
                    + " or add the port.");
        }
        return registry;
    }

    /** Checks a tag alone; returns it. */
    public static String checkedTag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new Failure("'" + tag + "' is not a valid tag: 1 to 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-'.");
        }
        return tag;
    }

    /** Checks a namespace alone, such as {@code team} or {@code team/project}; returns it. */
    public static String checkedNamespace(String namespace) {
        for (String component : namespace.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                throw new Failure("'" + namespace + "' is not a valid namespace: " + (component.isEmpty() ? "it has an empty part" : "'" + component
                        + "' is not allowed") + " (lower-case letters and digits with single '.', '_' or '-' between them, parts separated by '/').");
            }
        }
        return namespace;
    }

    /** Docker's own rule for telling a registry from a namespace. */
    private static boolean isRegistry(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost") || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    }

    private static void check(Pattern pattern, String part, String what, String whole) {
        if (!pattern.matcher(part).matches()) {
            throw new Failure("'" + whole + "' is not a valid image reference: its " + what + " '" + part + "' is not allowed"
                    + " (form: [registry/][namespace/]name[:tag][@sha256:digest], the name in lower case).");
        }
    }

    /** Registry and path, as {@code RepoDigests} begins. */
    public String repository() {
        return registry.isEmpty() ? path : registry + "/" + path;
    }

    /** The repository as the engine lists it: without the names of the default registry and of its default namespace. */
    public String familiarRepository() {
        if (!registry.isEmpty() && !registry.equals("docker.io") && !registry.equals("index.docker.io")) {
            return repository();
        }
        return path.startsWith("library/") ? path.substring("library/".length()) : path;
    }

    /** The last part of the path: what the image is called wherever it lies. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public ImageReference withTag(String newTag) {
        check(TAG, newTag, "tag", newTag);
        return new ImageReference(registry, path, newTag, "");
    }

    public ImageReference withDigest(String newDigest) {
        check(DIGEST, newDigest, "digest", newDigest);
        return new ImageReference(registry, path, "", newDigest);
    }

    @Override
    public String toString() {
        return repository() + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
