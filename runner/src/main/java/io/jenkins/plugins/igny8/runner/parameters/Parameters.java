package io.jenkins.plugins.igny8.runner.parameters;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a build's parameters. */
public final class Parameters {

    private Parameters() {}

    /**
     * What the user gave, and the defaults of the rest.
     *
     * @throws Failure where the file declares no parameter of a given name, or the value is not possible
     */
    public static Map<String, Object> values(List<ParameterDefinition> declared, Map<String, String> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ParameterDefinition parameter : declared) {
            String value = given.get(parameter.name());
            values.put(parameter.name(), value == null ? parameter.defaultValue() : parameter.value(value));
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new Failure("The Jenkinsfile declares no parameter '" + name + "': " + Nearest.to(name, values.keySet()));
            }
        }
        return values;
    }
}
