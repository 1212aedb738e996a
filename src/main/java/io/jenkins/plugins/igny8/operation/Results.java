package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a build's steps ended, kept with the build, and what its later steps can read of that as variables. */
public final class Results {

    private static final String FAILURE = "failure";

    /** The last failure of a step of this build: the step's name and what it said. */
    private static final String FAILURE_VARIABLE = "IGNY8_FAILURE";

    /** One for each image: its digest reference once it was pushed, else the name it was built under. */
    private static final String IMAGE_VARIABLE = "IGNY8_IMAGE_";

    private Results() {}

    /**
     * Runs an operation and keeps its failure, if it fails.
     *
     * @param step its name in a Jenkinsfile
     * @return what came out, as {@link Plain}
     */
    public static Object of(String step, Operation<?> operation, Host host) throws InterruptedException {
        try {
            return Plain.of(operation.run(host));
        } catch (Failure e) {
            host.keep(FAILURE, step + ": " + e.getMessage());
            throw e;
        }
    }

    /** The variables that tell of what was kept. */
    public static Map<String, String> variables(Map<String, ?> kept) {
        Map<String, String> variables = new TreeMap<>();
        if (kept.get(FAILURE) instanceof String failure) {
            variables.put(FAILURE_VARIABLE, failure);
        }
        if (kept.get(ImagesOfBuild.KEY) instanceof List<?> images) {
            for (Object plain : images) {
                BuiltImage image = Plain.as(BuiltImage.class, plain);
                variables.put(IMAGE_VARIABLE + image.variable(), image.digest() == null ? image.reference() : image.pin());
            }
        }
        OutcomeOfBuild.addTo(variables, kept.get(OutcomeOfBuild.KEY));
        return variables;
    }
}
