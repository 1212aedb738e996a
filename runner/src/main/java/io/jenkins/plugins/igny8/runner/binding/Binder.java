package io.jenkins.plugins.igny8.runner.binding;

import groovy.lang.GString;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Nearest;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.reflection.ReflectionCache;

/**
 * Puts what a Jenkinsfile gives onto the parameters of a step or describable, with the conversions of Jenkins' structs plugin:
 * whatever binds there binds here to the same value, and whatever fails there fails here.
 */
public final class Binder {

    private final Symbols symbols;

    public Binder(Symbols symbols) {
        this.symbols = symbols;
    }

    /**
     * Makes a step or describable.
     *
     * @param name what the Jenkinsfile calls it, for messages
     * @param arguments by name, or a single one under {@link Described#ANONYMOUS}; null means not given, so that an absent
     *     variable leaves the default
     * @throws Failure where a parameter is unknown or its value is of the wrong type
     */
    public <T> T bind(String name, Class<T> type, Map<String, ?> arguments) {
        Signature signature = Signature.of(type);
        Map<String, Object> given = named(name, signature, arguments);
        for (String parameter : given.keySet()) {
            if (signature.type(parameter) == null) {
                throw new Failure(name + " has no parameter '" + parameter + "': " + Nearest.to(parameter, signature.names()));
            }
        }
        given.values().removeIf(value -> value == null);
        try {
            Object[] values = new Object[signature.required().size()];
            int position = 0;
            for (Map.Entry<String, Type> parameter : signature.required().entrySet()) {
                values[position++] = given.containsKey(parameter.getKey())
                        ? coerce(where(name, parameter.getKey()), parameter.getValue(), given.get(parameter.getKey()))
                        : unset(parameter.getValue());
            }
            Object bound = signature.constructor().newInstance(values);
            for (Map.Entry<String, Method> setter : signature.setters().entrySet()) {
                if (given.containsKey(setter.getKey())) {
                    Type wanted = setter.getValue().getGenericParameterTypes()[0];
                    setter.getValue().invoke(bound, coerce(where(name, setter.getKey()), wanted, given.get(setter.getKey())));
                }
            }
            return type.cast(bound);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Failure(name + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    /** How a sentence about the value of a parameter begins. */
    public static String where(String name, String parameter) {
        return name + ": '" + parameter + "'";
    }

    private static Map<String, Object> named(String name, Signature signature, Map<String, ?> arguments) {
        if (!arguments.containsKey(Described.ANONYMOUS)) {
            return new LinkedHashMap<>(arguments);
        }
        String sole = signature.sole().orElseThrow(() -> new Failure(name + " takes its parameters by name: " + String.join(", ", signature.names()) + "."));
        Map<String, Object> given = new LinkedHashMap<>();
        given.put(sole, arguments.get(Described.ANONYMOUS));
        return given;
    }

    private static Object unset(Type type) {
        if (type == boolean.class) {
            return false;
        }
        return type instanceof Class<?> primitive && primitive.isPrimitive() ? ReflectionCache.getCachedClass(primitive).coerceArgument(0) : null;
    }

    /** The value as the type that a parameter wants. */
    Object coerce(String where, Type type, Object given) {
        Class<?> wanted = erasure(type);
        Object plain = given instanceof GString text ? text.toString() : given;
        Object value = type instanceof Class ? plainCoercion(wanted, plain) : plain;
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(wanted)) {
            return coerceAll(where, elementType(type), list);
        }
        if (boxed(wanted).isInstance(value)) {
            return value;
        }
        if (value instanceof Described described) {
            Class<?> meant = symbols.describable(described.symbol(), wanted).orElseThrow(() -> wrong(where, wanted, described.symbol() + "(...)"));
            return bind(described.symbol(), meant, described.arguments());
        }
        if (value instanceof Map<?, ?> map && !Modifier.isAbstract(wanted.getModifiers()) && !wanted.getName().startsWith("java.")) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            map.forEach((key, element) -> arguments.put(String.valueOf(key), element));
            // Not needed where only one type fits, but Jenkins takes it.
            arguments.remove("$class");
            return bind(symbolOf(wanted), wanted, arguments);
        }
        if (value instanceof String text) {
            return fromText(where, wanted, text);
        }
        throw wrong(where, wanted, value);
    }

    private static Object plainCoercion(Class<?> wanted, Object given) {
        try {
            return ReflectionCache.getCachedClass(wanted).coerceArgument(given);
        } catch (ClassCastException e) {
            return given;
        }
    }

    private List<Object> coerceAll(String where, Type element, List<?> list) {
        List<Object> all = new ArrayList<>();
        for (Object each : list) {
            all.add(coerce(where, element, each));
        }
        return all;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object fromText(String where, Class<?> wanted, String text) {
        Class<?> type = boxed(wanted);
        try {
            if (type.isEnum()) {
                return Enum.valueOf((Class<? extends Enum>) type, text);
            }
            if (Number.class.isAssignableFrom(type) || type == Boolean.class) {
                return type.getMethod("valueOf", String.class).invoke(null, text);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw wrong(where, wanted, text);
        }
        throw wrong(where, wanted, text);
    }

    private static Failure wrong(String where, Class<?> wanted, Object value) {
        String choice = wanted.isEnum() ? "one of " + String.join(", ", names(wanted)) : typeName(wanted);
        return new Failure(where + " wants " + choice + ", but was given " + inWords(value) + ".");
    }

    /** A type as a person who writes Jenkinsfiles calls it. */
    public static String typeName(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "a text";
        }
        if (boxed(type) == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(boxed(type)) ? "a number" : type.isEnum() ? "one of " + String.join(", ", names(type)) : type.getSimpleName();
    }

    private static List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        return names;
    }

    /** A value with its type, as far as that helps. */
    public static String inWords(Object value) {
        return value instanceof CharSequence ? "the text '" + value + "'" : value instanceof Number ? "the number " + value : String.valueOf(value);
    }

    private String symbolOf(Class<?> type) {
        return symbols.describables(type).keySet().stream().findFirst().orElse(type.getSimpleName());
    }

    private static Type elementType(Type type) {
        return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : Object.class;
    }

    public static Class<?> erasure(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
    }
}
