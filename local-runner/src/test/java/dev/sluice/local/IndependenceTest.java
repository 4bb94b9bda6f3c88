package dev.sluice.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Promises: who judges the programs shares no code with them. */
class IndependenceTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "dev.sluice.local.simulator",
                    "dev.sluice.local.partner",
                    "dev.sluice.local.report",
                    "dev.sluice.local.view");

    @Test
    void theSimulatorAndItsTruthStandAlone() {
        classes()
                .that()
                .resideInAPackage("dev.sluice.local.simulator")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "tools.jackson.core..", "org.jspecify..", "dev.sluice.local.simulator")
                .because("a truth that shares the merge's code would share its mistakes")
                .check(CLASSES);
    }

    @Test
    void thePartnerTheReportAndTheViewKnowNoProgram() {
        classes()
                .that()
                .resideInAnyPackage("dev.sluice.local.partner", "dev.sluice.local.report", "dev.sluice.local.view")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "tools.jackson.core..",
                        "org.jspecify..",
                        "com.sun.net.httpserver..",
                        "dev.sluice.local.simulator",
                        "dev.sluice.local.partner",
                        "dev.sluice.local.report",
                        "dev.sluice.local.view")
                .because("the partner checks signatures and the verdict compares with code of their own")
                .check(CLASSES);
    }
}
