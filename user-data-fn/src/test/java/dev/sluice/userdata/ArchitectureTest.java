package dev.sluice.userdata;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "dev.sluice.userdata", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_HEART_IS_PURE = classes()
            .that()
            .resideInAPackage("dev.sluice.userdata")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.userdata", "dev.sluice.model..", "java..", "org.jspecify..", "tools.jackson.core..")
            .because("what is decided here must be testable without Lambda and without Redis");

    @ArchTest
    static final ArchRule ONLY_THE_HANDLER_READS_THE_ENVIRONMENT = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Handler")
            .should()
            .callMethod(System.class, "getenv")
            .because("everything else is told what it needs");
}
