package io.jenkins.plugins.igny8.runner.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.GroovyShell;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Nearest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What structs and Declarative do with arguments, row by row, as it was measured on a real controller. */
class BinderTest {

    private final Binder binder = new Binder(Symbols.scan());

    public enum Mode {
        check,
        host
    }

    public static class Part {
        final String name;
        List<String> tags;

        @DataBoundConstructor
        public Part(String name) {
            this.name = name;
        }

        @DataBoundSetter
        public void setTags(List<String> tags) {
            this.tags = tags;
        }
    }

    public static class Thing {
        final String name;
        int count;
        Integer boxed = 7;
        long big;
        double ratio;
        boolean flag;
        Mode mode;
        String text;
        List<String> words;
        List<Part> parts;

        @DataBoundConstructor
        public Thing(String name) {
            this.name = name;
        }

        @DataBoundSetter
        public void setCount(int count) {
            this.count = count;
        }

        @DataBoundSetter
        public void setBoxed(Integer boxed) {
            this.boxed = boxed;
        }

        @DataBoundSetter
        public void setBig(long big) {
            this.big = big;
        }

        @DataBoundSetter
        public void setRatio(double ratio) {
            this.ratio = ratio;
        }

        @DataBoundSetter
        public void setFlag(boolean flag) {
            this.flag = flag;
        }

        @DataBoundSetter
        public void setMode(Mode mode) {
            this.mode = mode;
        }

        @DataBoundSetter
        public void setText(String text) {
            this.text = text;
        }

        @DataBoundSetter
        public void setWords(List<String> words) {
            this.words = words;
        }

        @DataBoundSetter
        public void setParts(List<Part> parts) {
            this.parts = parts;
        }
    }

    public static class Two {
        @DataBoundConstructor
        public Two(String one, String other) {}
    }

    /** Binds what Groovy makes of a text, as it comes from a Jenkinsfile. */
    private Thing given(String parameter, String groovy) {
        Object value = new GroovyShell().evaluate("def x = 5; " + groovy);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("name", "n");
        arguments.put(parameter, value);
        return binder.bind("thing", Thing.class, arguments);
    }

    private String refused(String parameter, String groovy) {
        return assertThrows(Failure.class, () -> given(parameter, groovy), parameter + ": " + groovy).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'5'|5", "5L|5", "5.7|5", "5|5", "\"${x}\"|5", "99999999999|1215752191"})
    void toInt(String groovy, int expected) {
        assertEquals(expected, given("count", groovy).count);
        assertEquals(expected, given("boxed", groovy).boxed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"' 5'", "''", "'x'", "true", "[5]"})
    void toIntFails(String groovy) {
        assertTrue(refused("count", groovy).contains("wants a number"));
        assertTrue(refused("boxed", groovy).contains("wants a number"));
    }

    @Test
    void intToLongAndDouble() {
        assertEquals(5L, given("big", "5").big);
        assertEquals(5.0, given("ratio", "5").ratio);
        assertEquals(0.5, given("ratio", "'0.5'").ratio);
    }

    @Test
    void enumsByTheirExactName() {
        assertEquals(Mode.host, given("mode", "'host'").mode);
        assertEquals(Mode.host, given("mode", "\"ho${'st'}\"").mode);
        assertTrue(refused("mode", "'Host'").contains("one of check, host"));
    }

    @Test
    void booleans() {
        assertFalse(given("flag", "'yes'").flag);
        assertTrue(given("flag", "'TRUE'").flag);
        assertTrue(given("flag", "true").flag);
        assertTrue(refused("flag", "0").contains("true or false"));
    }

    @Test
    void onlyTextsAreTexts() {
        assertEquals("v5", given("text", "\"v${x}\"").text);
        for (String groovy : List.of("5", "true", "5.5")) {
            assertTrue(refused("text", groovy).contains("wants a text"));
            assertTrue(refused("words", "['a', " + groovy + "]").contains("wants a text"));
        }
        assertEquals(List.of("a", "v5"), given("words", "['a', \"v${x}\"]").words);
        assertEquals(String.class, ((Object) given("words", "[\"v${x}\"]").words.get(0)).getClass());
    }

    @Test
    void onlyListsAreLists() {
        for (String groovy : List.of("'a'", "['a'] as Set", "['a'] as String[]")) {
            assertTrue(refused("words", groovy).contains("wants a list"), groovy);
        }
        assertThrows(Failure.class, () -> binder.bind("thing", Thing.class, Map.of("name", "n", "parts", new Part("x"))));
        assertThrows(Failure.class, () -> binder.bind("thing", Thing.class, Map.of("name", "n", "words", new LinkedHashSet<>(List.of("a")))));
    }

    @Test
    void mapsBecomeDescribables() {
        List<Part> parts = given("parts", "[[name: 'x', tags: ['a', \"b$x\"]], [name: 'y']]").parts;
        assertEquals("x", parts.get(0).name);
        assertEquals(List.of("a", "b5"), parts.get(0).tags);
        assertEquals("y", parts.get(1).name);
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestName() {
        assertEquals("thing has no parameter 'wrods': did you mean 'words'?", refused("wrods", "['a']"));
        assertTrue(refused("parts", "[[name: 'x', tagz: ['a']]]").contains("has no parameter 'tagz': did you mean 'tags'?"));
    }

    @Test
    void nullIsAsIfNotGiven() {
        assertEquals(7, given("boxed", "null").boxed);
        assertEquals(0, given("count", "null").count);
        Thing thing = binder.bind("thing", Thing.class, Map.of());
        assertNull(thing.name, "a missing required one is null in scripts, without an error");
    }

    @Test
    void withoutNameOnlyWhereOneIsRequired() {
        assertEquals("n", binder.bind("thing", Thing.class, Map.of(Described.ANONYMOUS, "n")).name);
        Failure failure = assertThrows(Failure.class, () -> binder.bind("two", Two.class, Map.of(Described.ANONYMOUS, "n")));
        assertEquals("two takes its parameters by name: one, other.", failure.getMessage());
    }

    /** Declarative's own check is another one: what is refused here never comes to the binding. */
    @Test
    void literalsOfDeclarative() {
        Map<Class<?>, List<Object>> taken = Map.of(
                int.class, List.of(5, 5L), Integer.class, List.of(5, "5"), String.class, List.of("5"), Mode.class, List.of("host"), boolean.class, List.of(true));
        Map<Class<?>, List<Object>> refused = Map.of(
                int.class, List.of("5", true), Integer.class, List.of("55", "xy"), String.class, List.of(5, true), Mode.class, List.of("Host"), List.class, List.of("a"));
        taken.forEach((type, values) -> values.forEach(value -> assertTrue(Literals.problem(type, value).isEmpty(), type + " " + value)));
        refused.forEach((type, values) -> values.forEach(value -> assertTrue(Literals.problem(type, value).isPresent(), type + " " + value)));
    }

    @Test
    void theNearestNameOrTheWholeChoice() {
        List<String> names = Arrays.asList("registry", "namespace", "tag");
        assertEquals("did you mean 'namespace'?", Nearest.to("namspace", names));
        assertEquals("did you mean 'registry'?", Nearest.to("REGISTRY", names));
        assertEquals("known here: namespace, registry, tag.", Nearest.to("credentials", names));
    }
}
