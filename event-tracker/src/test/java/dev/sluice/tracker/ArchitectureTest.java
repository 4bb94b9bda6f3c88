package dev.sluice.tracker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Promises: the heart knows no edge, and an edge knows no other. */
@AnalyzeClasses(packages = "dev.sluice.tracker", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_HEART_KNOWS_NO_EDGE = noClasses()
            .that()
            .resideInAPackage("dev.sluice.tracker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "software.amazon..", "io.netty..", "dev.sluice.tracker.*..")
            .because("it must be readable and testable without any of them");

    @ArchTest
    static final ArchRule THE_INTAKE_KNOWS_THE_HEART_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.sluice.tracker.intake..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.sluice.tracker.*..", "org.springframework..", "software.amazon..", "io.netty..")
                    .and(not(resideInAPackage("dev.sluice.tracker.intake.."))))
            .because("what an event is does not depend on where it comes from or goes to");

    @ArchTest
    static final ArchRule AWS_KNOWS_NO_SPRING = noClasses()
            .that()
            .resideInAPackage("dev.sluice.tracker.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "dev.sluice.tracker.web..")
            .because("each edge is replaced by itself");

    @ArchTest
    static final ArchRule HTTP_KNOWS_NO_AWS = noClasses()
            .that()
            .resideInAPackage("dev.sluice.tracker.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "software.amazon..", "dev.sluice.tracker.aws..")
            .because("each edge is replaced by itself");

    @ArchTest
    static final ArchRule ROWS_KNOW_NO_EDGE = noClasses()
            .that()
            .resideInAPackage("dev.sluice.tracker.bulk..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "software.amazon..",
                    "picocli..",
                    "java.net..",
                    "dev.sluice.tracker.aws..",
                    "dev.sluice.tracker.command..",
                    "dev.sluice.tracker.web..")
            .because("what a row means does not depend on where it comes from or goes to");
}
