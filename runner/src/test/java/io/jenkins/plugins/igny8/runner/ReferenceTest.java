package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The help files are the one reference: README's part about the steps is made from them and must not drift. After a change,
 * {@code mvn -q test -Dtest=ReferenceTest -Dreference.write=true} writes it anew.
 */
class ReferenceTest {

    private static final String BEGIN = "<!-- made from the help files by ReferenceTest -->\n";
    private static final String END = "<!-- end of what ReferenceTest made -->";
    private static final Path ROOT = Path.of("..");
    private static final Path RESOURCES = ROOT.resolve("src/main/resources");
    private static final Path HELP = RESOURCES.resolve("io/jenkins/plugins/igny8/steps");

    @Test
    void readmeSaysWhatTheHelpFilesSay() throws Exception {
        Path readme = ROOT.resolve("README.md");
        String text = Files.readString(readme);
        String made = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + reference() + text.substring(text.indexOf(END));
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(readme, made);
        }
        assertEquals(made, Files.readString(readme), "run: mvn -q test -Dtest=ReferenceTest -Dreference.write=true");
    }

    @Test
    void everyHelpFileBelongsToAParameter() throws Exception {
        List<Path> wanted = new ArrayList<>();
        for (Class<?> type : described().values()) {
            wanted.add(HELP.resolve(type.getSimpleName()).resolve("help.html"));
            for (String parameter : parameters(type).keySet()) {
                wanted.add(helpFile(type, parameter));
            }
        }
        try (var files = Files.walk(HELP)) {
            List<Path> strays = files.filter(file -> file.getFileName().toString().matches("help.*\\.html"))
                    .filter(file -> !wanted.contains(file))
                    .toList();
            assertEquals(List.of(), strays);
        }
    }

    private static String reference() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Class<?>> entry : described().entrySet()) {
            Class<?> type = entry.getValue();
            text.append("\n### `").append(entry.getKey()).append("`\n\n");
            text.append(markdown(HELP.resolve(type.getSimpleName()).resolve("help.html"))).append("\n");
            Map<String, Type> parameters = parameters(type);
            if (!parameters.isEmpty()) {
                text.append("\n| parameter | type | meaning |\n|---|---|---|\n");
            }
            for (Map.Entry<String, Type> parameter : parameters.entrySet()) {
                text.append("| `").append(parameter.getKey()).append("` | ").append(typeName(parameter.getValue())).append(" | ");
                text.append(markdown(helpFile(type, parameter.getKey())).replace("\n\n", "<br>").replace("|", "\\|")).append(" |\n");
            }
        }
        return text.append("\n").toString();
    }

    /** Steps first, then what is nested in their parameters; by name. */
    private static Map<String, Class<?>> described() {
        Map<String, Class<?>> steps = new TreeMap<>();
        Map<String, Class<?>> nested = new TreeMap<>();
        try (ScanResult found = new ClassGraph().acceptPackages("io.jenkins.plugins.igny8.steps").enableAnnotationInfo().scan()) {
            for (Class<?> descriptor : found.getClassesWithAnnotation(Symbol.class).loadClasses()) {
                Class<?> type = descriptor.getEnclosingClass();
                (type.getSimpleName().endsWith("Step") ? steps : nested).put(descriptor.getAnnotation(Symbol.class).value()[0], type);
            }
        }
        assertTrue(!steps.isEmpty() && !nested.isEmpty(), "found no steps");
        Map<String, Class<?>> all = new LinkedHashMap<>(steps);
        all.putAll(nested);
        return all;
    }

    private static Map<String, Type> parameters(Class<?> type) {
        Map<String, Type> parameters = new LinkedHashMap<>();
        for (var constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    parameters.put(parameter.getName(), parameter.getParameterizedType());
                }
            }
        }
        Map<String, Type> optional = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                optional.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), method.getGenericParameterTypes()[0]);
            }
        }
        parameters.putAll(optional);
        return parameters;
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType list) {
            Type element = list.getActualTypeArguments()[0];
            return "list of " + (element == String.class ? "text" : "`" + symbol((Class<?>) element) + "`");
        }
        Class<?> single = (Class<?>) type;
        if (single == String.class) {
            return "text";
        }
        return single == Boolean.class || single == boolean.class ? "true or false" : Number.class.isAssignableFrom(single) || single.isPrimitive() ? "number" : single.getSimpleName();
    }

    private static String symbol(Class<?> type) {
        return described().entrySet().stream().filter(entry -> entry.getValue() == type).findFirst().orElseThrow().getKey();
    }

    /** As Jenkins looks for it: in the folder of the class, then of those above it. */
    private static Path helpFile(Class<?> type, String parameter) {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            Path file = RESOURCES.resolve(owner.getName().replace('.', '/')).resolve("help-" + parameter + ".html");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new AssertionError("no help file for " + type.getSimpleName() + "." + parameter);
    }

    private static String markdown(Path html) throws IOException {
        StringBuilder text = new StringBuilder();
        append(Jsoup.parseBodyFragment(Files.readString(html)).body(), text);
        return text.toString().trim().replaceAll(" *\n\n *", "\n\n");
    }

    private static void append(Node node, StringBuilder text) {
        for (Node child : node.childNodes()) {
            if (child instanceof TextNode words) {
                text.append(words.getWholeText().replaceAll("\\s+", " "));
            } else if (child instanceof Element element) {
                boolean code = element.tagName().equals("code");
                boolean paragraph = List.of("p", "ul", "ol").contains(element.tagName());
                boolean item = element.tagName().equals("li");
                text.append(paragraph ? "\n\n" : item ? "\n- " : code ? "`" : "");
                append(element, text);
                text.append(code ? "`" : "");
            }
        }
    }
}
