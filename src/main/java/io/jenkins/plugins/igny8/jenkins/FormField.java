package io.jenkins.plugins.igny8.jenkins;

import hudson.model.Descriptor.FormException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/**
 * One field of a {@link Form}.
 *
 * @param name the parameter's
 * @param title the name as words
 * @param kind which control it gets
 * @param required whether there is no default
 * @param whenEmpty what holds while it is empty, as the help file says after "Default:"; empty: nothing worth saying
 * @param element type of the parameter; of a list: that of its elements
 */
public record FormField(String name, String title, Kind kind, boolean required, String whenEmpty, Class<?> element) {

    /** The controls there are. */
    public enum Kind {
        TEXT,
        /** Text that a shell reads, which may have several lines. */
        SHELL,
        /** A list of texts, one each line. */
        LINES,
        WHOLE_NUMBER,
        NUMBER,
        CHECKBOX,
        /** The name of an engine, with those that are configured as suggestions. */
        ENGINE,
        /** The ID of credentials, chosen from those that may be used. */
        CREDENTIALS,
        /** A list of describables, each with its own form. */
        LIST
    }

    private static final Pattern DEFAULT = Pattern.compile("\\bDefault:\\s+(.+?)\\.?\\s*$");

    static FormField of(DescribableParameter parameter, boolean shellText) {
        String name = parameter.getName();
        Class<?> element = element(parameter.getRawType());
        String help = help(parameter);
        return new FormField(
                name, title(name, help), kind(parameter, element, shellText), parameter.isRequired(), whenEmpty(help), element);
    }

    private static Kind kind(DescribableParameter parameter, Class<?> element, boolean shellText) {
        if (List.class.isAssignableFrom(parameter.getErasedType())) {
            return element == String.class ? Kind.LINES : Kind.LIST;
        }
        if (element == Boolean.class || element == boolean.class) {
            return Kind.CHECKBOX;
        }
        if (element == Integer.class || element == int.class) {
            return Kind.WHOLE_NUMBER;
        }
        if (element == Double.class || element == double.class) {
            return Kind.NUMBER;
        }
        if (element != String.class) {
            throw new IllegalStateException("there is no control for " + parameter.getRawType() + " " + parameter.getName());
        }
        if (parameter.getName().equals("engine")) {
            return Kind.ENGINE;
        }
        return parameter.getName().toLowerCase(Locale.ROOT).endsWith("credentialsid") ? Kind.CREDENTIALS : shellText ? Kind.SHELL : Kind.TEXT;
    }

    private static Class<?> element(Type type) {
        return (Class<?>) (type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type);
    }

    /** {@code envFile} is "Env file", {@code imageId} is "Image ID"; a number of seconds says so. */
    private static String title(String name, String help) {
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return title.replaceAll("\\bid\\b", "ID").replaceAll("^(Url|Json|Tcp)$", title.toUpperCase(Locale.ROOT))
                + (help.contains(", in seconds") ? " (seconds)" : "");
    }

    private static String whenEmpty(String help) {
        Matcher found = DEFAULT.matcher(help);
        return found.find() && !found.group(1).equals("none") ? found.group(1) : "";
    }

    /** The help file's words. */
    private static String help(DescribableParameter parameter) {
        try {
            String html = parameter.getHelp();
            String text = html == null ? "" : html.replaceAll("<[^>]*>", "").replaceAll("\\s+", " ").trim();
            return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands below the title where a control has no place for it: how to fill it in, and what holds while it is empty. */
    public String description() {
        return Stream.of(kind == Kind.LINES ? "One per line." : "", whenEmpty.isEmpty() ? "" : "Default: " + whenEmpty + ".")
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What the control shows for an argument of a Jenkinsfile; null: not given. */
    Object shown(Object argument) {
        return kind == Kind.LINES && argument instanceof List<?> lines
                ? lines.stream().map(String::valueOf).collect(Collectors.joining("\n"))
                : argument;
    }

    /**
     * The argument that was typed.
     *
     * @return null: not given
     */
    Object argument(Object submitted) throws FormException {
        if (submitted instanceof Boolean checked) {
            // All boxes stand for something that is off by default; one that is not checked says nothing.
            return checked ? true : null;
        }
        if (!(submitted instanceof String) && !(submitted instanceof Number)) {
            return null;
        }
        String text = submitted.toString();
        if (text.isBlank()) {
            return null;
        }
        try {
            return switch (kind) {
                case LINES -> text.lines().filter(line -> !line.isBlank()).map(String::trim).collect(Collectors.toList());
                case WHOLE_NUMBER -> Integer.valueOf(text.trim());
                case NUMBER -> Double.valueOf(text.trim());
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw new FormException("'" + name + "' wants a number, but was given '" + text + "'.", e, name);
        }
    }
}
