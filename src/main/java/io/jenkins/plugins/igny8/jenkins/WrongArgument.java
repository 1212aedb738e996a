package io.jenkins.plugins.igny8.jenkins;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Finds the argument for which Jenkins refused to make a step, in the words of Jenkinsfiles. Asked only after that: what can be
 * converted is Jenkins' decision.
 */
final class WrongArgument {

    private WrongArgument() {}

    /**
     * @param name what a Jenkinsfile calls it
     * @return one sentence; empty where nothing is found
     */
    static Optional<String> of(String name, Class<?> type, Map<?, ?> arguments) {
        return DescribableModel.of(type).getParameters().stream()
                .filter(parameter -> arguments.get(parameter.getName()) != null)
                .flatMap(parameter -> wrong(name, parameter.getName(), parameter.getRawType(), arguments.get(parameter.getName())).stream())
                .findFirst();
    }

    private static Optional<String> wrong(String name, String parameter, Type type, Object value) {
        if (type instanceof ParameterizedType list) {
            Type element = list.getActualTypeArguments()[0];
            return value instanceof List<?> values
                    ? values.stream().flatMap(one -> wrong(name, parameter, element, one).stream()).findFirst()
                    : sentence(name, parameter, "a list", value);
        }
        if (type instanceof Class<?> plain && Igny8Describable.class.isAssignableFrom(plain)) {
            return wrongNested(name, parameter, plain, value);
        }
        if (type == String.class) {
            return value instanceof CharSequence ? Optional.empty() : sentence(name, parameter, "a text", value);
        }
        if (type == Boolean.class || type == boolean.class) {
            return value instanceof Boolean ? Optional.empty() : sentence(name, parameter, "true or false", value);
        }
        return value instanceof Number || isNumber(value) ? Optional.empty() : sentence(name, parameter, "a number", value);
    }

    private static Optional<String> wrongNested(String name, String parameter, Class<?> type, Object value) {
        String symbol = SymbolLookup.getSymbolValue(type).stream().findFirst().orElse(type.getSimpleName());
        if (value instanceof UninstantiatedDescribable nested) {
            return of(symbol, type, nested.getArguments());
        }
        return value instanceof Map<?, ?> map ? of(symbol, type, map) : sentence(name, parameter, symbol + "(...)", value);
    }

    private static boolean isNumber(Object value) {
        return value instanceof CharSequence text && text.toString().matches("[-+]?[0-9]+([.][0-9]+)?");
    }

    private static Optional<String> sentence(String name, String parameter, String wanted, Object value) {
        String given = value instanceof CharSequence ? "the text '" + value + "'" : value instanceof Number ? "the number " + value : String.valueOf(value);
        return Optional.of(name + ": '" + parameter + "' wants " + wanted + ", but was given " + given + ".");
    }
}
