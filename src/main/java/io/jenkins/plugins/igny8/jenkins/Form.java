package io.jenkins.plugins.igny8.jenkins;

import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.igny8.host.Failure;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * The form of a step or describable, made from its parameters and their help files, so that none needs a form of its own. It
 * shows and hands in exactly what a Jenkinsfile would say: an empty field is a parameter that is not given, whose default may
 * change later.
 */
public final class Form {

    private final DescribableModel<?> model;
    private final List<FormField> fields;

    /** @param shellText see {@link Igny8Step#shellText()} */
    Form(Class<?> type, Set<String> shellText) {
        model = DescribableModel.of(type);
        List<String> declared = declaredFields(type);
        fields = model.getParameters().stream()
                .map(parameter -> FormField.of(parameter, shellText.contains(parameter.getName())))
                .sorted(Comparator.comparing((FormField field) -> !field.required()).thenComparing(field -> declared.indexOf(field.name())))
                .toList();
    }

    /**
     * The order in which a class declares its fields is the one its author found sensible. What a step is about comes first, as the most
     * general class has it, then its own, then what it shares with its like; what all steps have comes last.
     */
    private static List<String> declaredFields(Class<?> type) {
        Deque<Class<?>> classes = new ArrayDeque<>();
        for (Class<?> each = type; each != null && each != Igny8Step.class; each = each.getSuperclass()) {
            classes.addLast(each);
        }
        classes.addFirst(classes.removeLast());
        classes.addLast(Igny8Step.class);
        return classes.stream().flatMap(each -> Stream.of(each.getDeclaredFields())).map(Field::getName).toList();
    }

    /** Required ones first. */
    public List<FormField> getFields() {
        return fields;
    }

    /**
     * Whether it lies inside a step's form. The credentials plugin's own control has two radio buttons, and those of a form inside a form
     * would switch off each other.
     */
    public boolean isNested() {
        return Igny8Describable.class.isAssignableFrom(model.getType());
    }

    /**
     * What the fields show, by the parameters' names.
     *
     * @param instance null: a form that nobody has filled in yet
     */
    public Map<String, Object> shown(Object instance) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (instance != null) {
            // Nested ones come here in the form in which the form around them shows them.
            UninstantiatedDescribable said =
                    instance instanceof UninstantiatedDescribable nested ? nested : DescribableModel.uninstantiate2_(instance);
            fields.forEach(field -> shown.put(field.name(), field.shown(said.getArguments().get(field.name()))));
        }
        return shown;
    }

    /** @throws FormException with one sentence, where something cannot be what was typed */
    Object instance(JSONObject submitted) throws FormException {
        try {
            return model.instantiate(arguments(submitted), TaskListener.NULL);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, model.getType().getSimpleName());
        }
    }

    private Map<String, Object> arguments(JSONObject submitted) throws FormException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (FormField field : fields) {
            Object value = submitted.get(field.name());
            Object argument = field.kind() == FormField.Kind.LIST ? nested(field, value) : field.argument(value);
            if (argument != null) {
                arguments.put(field.name(), argument);
            }
        }
        return arguments;
    }

    /** Browsers hand in a list of one as that one alone, and an empty list not at all. */
    private static List<?> nested(FormField field, Object value) throws FormException {
        List<?> submitted = value instanceof JSONArray array ? array : value instanceof JSONObject one ? List.of(one) : List.of();
        Form form = new Form(field.element(), Set.of());
        List<Object> nested = new ArrayList<>();
        for (Object each : submitted) {
            nested.add(form.arguments((JSONObject) each));
        }
        return nested.isEmpty() ? null : nested;
    }

    /**
     * Checks one field while a person fills in the form.
     *
     * @param item the job that is being configured; null: a form outside of any
     * @param check ends with a {@link Failure} for a value that can never be right
     */
    static FormValidation check(Item item, String value, Consumer<String> check) {
        // What a freestyle job's variable stands for is known in the build.
        if (!mayFillIn(item) || value == null || value.isBlank() || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            check.accept(value.trim());
            return FormValidation.ok();
        } catch (Failure e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static boolean mayFillIn(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    static void checkDeadline(String seconds) {
        if (!seconds.matches("0*[1-9][0-9]*")) {
            throw new Failure("Give the longest time to wait, in seconds above 0.");
        }
    }

    static void checkUrl(String url) {
        if (!url.matches("https?://.+")) {
            throw new Failure("Give http://host[:port]/path or https://host[:port]/path.");
        }
    }
}
