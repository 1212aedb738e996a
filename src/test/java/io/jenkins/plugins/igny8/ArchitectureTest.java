package io.jenkins.plugins.igny8;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The house rules of the source tree: arrows run downwards only, and the lower floors know no Jenkins. */
@AnalyzeClasses(packages = "io.jenkins.plugins.igny8", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.igny8.";

    @ArchTest
    static final ArchRule arrowsRunDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("steps").definedBy(ROOT + "steps..")
            .layer("operation").definedBy(ROOT + "operation..")
            .layer("release").definedBy(ROOT + "release..")
            .optionalLayer("compose").definedBy(ROOT + "compose..")
            .layer("docker").definedBy(ROOT + "docker..")
            .layer("host").definedBy(ROOT + "host..")
            .whereLayer("steps").mayOnlyAccessLayers("operation", "host")
            .whereLayer("operation").mayOnlyAccessLayers("release", "compose", "docker", "host")
            .whereLayer("release").mayOnlyAccessLayers("compose", "docker", "host")
            .whereLayer("compose").mayOnlyAccessLayers("docker", "host")
            .whereLayer("docker").mayOnlyAccessLayers("host")
            .whereLayer("host").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule lowerFloorsKnowNoJenkins = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "host..", ROOT + "docker..", ROOT + "compose..", ROOT + "release..", ROOT + "operation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", ROOT + "jenkins..", ROOT + "runner..");

    private static final Set<String> SEAM = Set.of(
            "org.kohsuke.stapler.DataBoundConstructor",
            "org.kohsuke.stapler.DataBoundSetter",
            "hudson.Extension",
            "org.jenkinsci.Symbol",
            // A default of the real annotation's.
            "jenkins.YesNoMaybe",
            ROOT + "jenkins.Igny8Step",
            ROOT + "jenkins.Igny8Step$Descriptor",
            ROOT + "jenkins.Igny8BlockStep",
            ROOT + "jenkins.Igny8BlockStep$Descriptor",
            ROOT + "jenkins.Igny8Describable",
            ROOT + "jenkins.Igny8Describable$Descriptor");

    /** Few enough that the runner can stand in for Jenkins with small classes of the same names. */
    @ArchTest
    static final ArchRule stepsSeeJenkinsThroughANarrowSeam = classes()
            .that()
            .resideInAPackage(ROOT + "steps..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", ROOT + "steps..", ROOT + "operation..", ROOT + "host..")
                    .or(describe("the seam", type -> SEAM.contains(type.getName()))));

    /** Only docker/ may say what a docker command line looks like and read what docker answers. */
    @ArchTest
    static final ArchRule commandsAreStartedByTheHost = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "operation..", ROOT + "steps..", ROOT + "compose..", ROOT + "release..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");

    /** Files lie where the commands run, which need not be this machine. */
    @ArchTest
    static final ArchRule filesAreReachedThroughTheHost = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "operation..", ROOT + "steps..", ROOT + "compose..", ROOT + "release..", ROOT + "docker..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.File|java\\.nio\\.file\\..*");
}
