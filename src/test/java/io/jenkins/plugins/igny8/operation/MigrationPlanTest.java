package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationPlanTest {

    @Test
    void pendingOnesInTheirOrder() {
        String plan = """
                [X]  contenttypes.0001_initial
                [ ]  core.0002_more
                [X]  auth.0001_initial
                [ ]  core.0003_squashed ... (core.0002_more)
                """;
        assertEquals(List.of("core.0002_more", "core.0003_squashed"), MigrationPlan.read(plan, "plan").pending());
        assertEquals(List.of("contenttypes.0001_initial", "auth.0001_initial"), MigrationPlan.read(plan, "plan").applied());
    }

    @Test
    void nothingPending() {
        assertEquals(List.of(), MigrationPlan.read("[X]  a.0001_initial\n", "plan").pending());
        assertEquals(List.of(), MigrationPlan.read("(no migrations)\n", "plan").pending());
    }

    @Test
    void whatIsNoPlanIsNotTakenForNothingPending() {
        for (String output : List.of("", "Everything is fine.\n", "core\n(X) 0001_initial\n")) {
            String failure = assertThrows(Failure.class, () -> MigrationPlan.read(output, "my plan")).getMessage();
            assertTrue(failure.contains("'my plan' wrote no line"), failure);
        }
    }
}
