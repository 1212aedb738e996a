package io.jenkins.plugins.igny8.jenkins;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.host.Nearest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * What a Jenkinsfile gives to a step or describable. Jenkins itself only writes a warning about a parameter that does not
 * exist, so that a misspelt one silently keeps its default.
 */
final class Parameters {

    private static final Logger LOGGER = Logger.getLogger(Parameters.class.getName());

    /** A label is one line of a list of steps. */
    private static final int LABEL_CHARACTERS = 120;

    private Parameters() {}

    /**
     * The arguments without those that are null, which mean "not given": {@code engine: env.NOPE} keeps the default.
     *
     * @param name what the Jenkinsfile calls it
     * @throws AbortException one line, where a parameter does not exist
     */
    static Map<String, Object> checked(String name, Class<?> type, Map<String, Object> given) {
        DescribableModel<?> model = DescribableModel.of(type);
        Map<String, Object> checked = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            if (key.equals(UninstantiatedDescribable.ANONYMOUS_KEY) || key.equals(DescribableModel.CLAZZ)) {
                checked.put(key, value);
                return;
            }
            DescribableParameter parameter = model.getParameter(key);
            if (parameter == null) {
                throw refused(name + " has no parameter '" + key + "': " + nearest(key, model));
            }
            if (value instanceof List<?> list) {
                list.forEach(element -> checkNested(element, elementType(parameter.getRawType())));
            }
            if (value != null) {
                checked.put(key, value);
            }
        });
        return checked;
    }

    /** Here already, since an error that is found while Jenkins makes the nested one comes with a page of stack trace. */
    @SuppressWarnings("unchecked")
    private static void checkNested(Object element, Class<?> type) {
        if (!Igny8Describable.class.isAssignableFrom(type)) {
            return;
        }
        String symbol = SymbolLookup.getSymbolValue(type).stream().findFirst().orElse(type.getSimpleName());
        if (element instanceof UninstantiatedDescribable nested && (nested.getSymbol() == null || nested.getSymbol().equals(symbol))) {
            checked(symbol, type, (Map<String, Object>) nested.getArguments());
        } else if (element instanceof Map<?, ?> map) {
            checked(symbol, type, (Map<String, Object>) map);
        }
    }

    private static Class<?> elementType(Type type) {
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element ? element : Object.class;
    }

    private static String nearest(String name, DescribableModel<?> model) {
        TreeSet<String> known = model.getParameters().stream().map(DescribableParameter::getName).collect(Collectors.toCollection(TreeSet::new));
        return known.isEmpty() ? "it has none." : Nearest.to(name, known);
    }

    /** Runs what binds arguments; whatever is wrong with them becomes one line without a stack trace. */
    static <T> T inOneLine(String name, Class<?> type, Map<String, Object> arguments, Callable<T> binding) throws Exception {
        try {
            return binding.call();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, name, e);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof AbortException one) {
                    throw one;
                }
            }
            throw new AbortException(WrongArgument.of(name, type, arguments).orElse(name + ": " + e.getMessage()));
        }
    }

    /** Named and plain arguments as a person would write them, required ones first; lists and maps by what they are about. */
    static String asLabel(Class<?> type, Map<String, Object> arguments) {
        List<String> order = DescribableModel.of(type).getParameters().stream().map(DescribableParameter::getName).toList();
        String label = arguments.entrySet().stream()
                .sorted(Comparator.comparing(argument -> order.indexOf(argument.getKey())))
                .map(argument -> {
                    String value = inWords(argument.getValue());
                    return argument.getKey().equals(UninstantiatedDescribable.ANONYMOUS_KEY) ? value : argument.getKey() + ": " + value;
                })
                .collect(Collectors.joining(", "))
                .replaceAll("\\s+", " ");
        return label.isEmpty() ? null : label.length() > LABEL_CHARACTERS ? label.substring(0, LABEL_CHARACTERS) + "…" : label;
    }

    private static String inWords(Object value) {
        if (value instanceof List<?> list) {
            List<String> words = new ArrayList<>();
            list.forEach(element -> words.add(inWords(element)));
            return String.join(" ", words);
        }
        Map<?, ?> map = value instanceof UninstantiatedDescribable nested ? nested.getArguments() : value instanceof Map<?, ?> plain ? plain : null;
        if (map == null) {
            return String.valueOf(value);
        }
        return String.valueOf(map.containsKey("name") ? map.get("name") : map.isEmpty() ? "" : map.values().iterator().next());
    }

    static <T> T empty(Class<T> type) {
        return DescribableModel.of(type).instantiate(Map.of(), TaskListener.NULL);
    }

    /** structs' hook may throw no checked exception, and Jenkins prints one without a stack trace only if it is this one. */
    private static RuntimeException refused(String sentence) {
        return sneaky(new AbortException(sentence));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
        throw (E) error;
    }
}
