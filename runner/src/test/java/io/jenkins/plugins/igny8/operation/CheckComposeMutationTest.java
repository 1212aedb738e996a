package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example stack with one thing wrong, read without any docker command: the right rule finds it at the right line, and no other. */
class CheckComposeMutationTest {

    @TempDir
    private Path workspace;

    @BeforeEach
    void copy() throws Exception {
        ExampleStack.copy(workspace);
    }

    static Stream<ComposeMutations> mutations() {
        return ComposeMutations.all();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void isFoundByItsRuleAtItsLine(ComposeMutations mutation) throws Exception {
        mutation.apply(workspace);
        ExampleStack.assertFound(mutation, ExampleStack.check(workspace, false, false), workspace);
    }

    @Test
    void theStackItselfIsClean() throws Exception {
        CheckCompose.Checked checked = ExampleStack.check(workspace, false, false);
        assertEquals(List.of(), checked.findings());
        assertEquals("yaml", checked.checkedBy());
        assertEquals(List.of("backend", "celery_beat", "celery_worker", "frontend", "marketing", "sites"), checked.services());
    }
}
