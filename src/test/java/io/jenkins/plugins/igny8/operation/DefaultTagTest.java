package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultTagTest {

    @ParameterizedTest
    @CsvSource({"main, main-12", "feature/login form, feature-login-form-12", "../x, x-12", "Ünï, n-12", "'', build-12", "///, build-12"})
    void branchAndBuild(String branch, String tag) {
        assertEquals(tag, DefaultTag.ofBuild(Map.of("BRANCH_NAME", branch, "BUILD_NUMBER", "12")));
    }

    @Test
    void noBranch() {
        assertEquals("build-3", DefaultTag.ofBuild(Map.of("BUILD_NUMBER", "3")));
    }

    @Test
    void theNumberIsNeverCutOff() {
        String tag = DefaultTag.ofBuild(Map.of("BRANCH_NAME", "b".repeat(300), "BUILD_NUMBER", "1234"));
        assertEquals("b".repeat(123) + "-1234", ImageReference.checkedTag(tag));
    }

    @Test
    void withoutABuildNumberThereIsNone() {
        assertThrows(Failure.class, () -> DefaultTag.ofBuild(Map.of("BRANCH_NAME", "main")));
    }
}
