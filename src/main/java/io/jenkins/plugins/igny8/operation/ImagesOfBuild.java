package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The images that this build has made, pushed or pulled so far: what each of them left is the default input of the steps
 * that follow. Lists are replaced, never changed, since parallel branches read them.
 */
public final class ImagesOfBuild {

    static final String KEY = "images";
    private static final Object LOCK = new Object();

    private ImagesOfBuild() {}

    /** All images so far, in the order of their first appearance; empty where nothing was built. */
    public static List<BuiltImage> of(Host host) {
        List<BuiltImage> images = new ArrayList<>();
        if (host.recall(KEY) instanceof List<?> list) {
            list.forEach(plain -> images.add(Plain.as(BuiltImage.class, plain)));
        }
        return images;
    }

    /** The images given, or where none are given those of the build so far. */
    static List<BuiltImage> orGiven(List<BuiltImage> given, Host host) {
        return given.isEmpty() ? of(host) : given;
    }

    /** Keeps images, each in the place of an earlier one of the same name. */
    static void keep(Host host, List<BuiltImage> images) {
        synchronized (LOCK) {
            List<BuiltImage> all = new ArrayList<>(of(host));
            for (BuiltImage image : images) {
                int earlier = all.stream().map(BuiltImage::name).toList().indexOf(image.name());
                if (earlier < 0) {
                    all.add(image);
                } else {
                    all.set(earlier, image);
                }
            }
            host.keep(KEY, Plain.of(all));
        }
    }
}
