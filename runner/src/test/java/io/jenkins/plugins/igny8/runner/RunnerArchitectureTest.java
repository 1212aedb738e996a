package io.jenkins.plugins.igny8.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the runner: reading a file, running what was read, and what both stand on. */
@AnalyzeClasses(packages = "io.jenkins.plugins.igny8", importOptions = ImportOption.DoNotIncludeTests.class)
class RunnerArchitectureTest {

    private static final String RUNNER = "io.jenkins.plugins.igny8.runner.";

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(RUNNER + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule whatRunsKnowsNothingOfReading = noClasses()
            .that()
            .resideInAnyPackage(RUNNER + "build..", RUNNER + "steps..", RUNNER + "pipeline..", RUNNER + "binding..", RUNNER + "report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RUNNER + "language..");

    /** The plugin's steps are bound by their annotations alone: the runner must not know any of them. */
    @ArchTest
    static final ArchRule theRunnerKnowsNoStepOfThePlugin = noClasses()
            .that()
            .resideInAPackage("io.jenkins.plugins.igny8.runner..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jenkins.plugins.igny8.steps..");
}
