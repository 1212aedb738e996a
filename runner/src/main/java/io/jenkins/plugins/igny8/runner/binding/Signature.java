package io.jenkins.plugins.igny8.runner.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters that a Jenkinsfile may give to a step or describable: those of its {@link DataBoundConstructor} are
 * required, those of its {@link DataBoundSetter}s are not.
 */
public final class Signature {

    private static final Map<Class<?>, Signature> KNOWN = new ConcurrentHashMap<>();

    private final Constructor<?> constructor;
    private final Map<String, Type> required = new LinkedHashMap<>();
    private final Map<String, Method> setters = new TreeMap<>();

    private Signature(Class<?> type) {
        Constructor<?> bound = null;
        for (Constructor<?> each : type.getConstructors()) {
            if (each.isAnnotationPresent(DataBoundConstructor.class)) {
                bound = each;
            }
        }
        if (bound == null) {
            throw new IllegalArgumentException(type + " has no public constructor with @DataBoundConstructor");
        }
        constructor = bound;
        for (Parameter parameter : bound.getParameters()) {
            required.put(parameter.getName(), parameter.getParameterizedType());
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                setters.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), method);
            }
        }
    }

    public static Signature of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, Signature::new);
    }

    /** Names and types of the constructor's parameters, in order. */
    public Map<String, Type> required() {
        return required;
    }

    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(required.keySet());
        names.addAll(setters.keySet());
        return names;
    }

    /** The type of a parameter; null where there is none of that name. */
    public Type type(String name) {
        Method setter = setters.get(name);
        return setter == null ? required.get(name) : setter.getGenericParameterTypes()[0];
    }

    /** The parameter that may be given without its name. */
    public Optional<String> sole() {
        return required.size() == 1 ? Optional.of(required.keySet().iterator().next()) : Optional.empty();
    }

    Constructor<?> constructor() {
        return constructor;
    }

    Map<String, Method> setters() {
        return setters;
    }
}
