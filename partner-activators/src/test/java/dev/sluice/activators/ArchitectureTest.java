package dev.sluice.activators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "dev.sluice.activators", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_HEART_IS_PURE = classes()
            .that()
            .resideInAPackage("dev.sluice.activators")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.sluice.activators", "dev.sluice.model..", "java..", "org.jspecify..")
            .because("what is decided here must be testable without AWS and without a partner");

    @ArchTest
    static final ArchRule AWS_KNOWS_NO_PARTNER = noClasses()
            .that()
            .resideInAPackage("..aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..webhook..", "..partners..", "..command..")
            .because("a partner is one folder that can be added or taken away");

    @ArchTest
    static final ArchRule PARTNERS_KNOW_NO_OTHER = slices().matching(
                    "dev.sluice.activators.(meta|google|tradedesk|braze)..")
            .should()
            .notDependOnEachOther()
            .because("a partner is one folder that can be added or taken away");

    @ArchTest
    static final ArchRule ONLY_HANDLERS_AND_COMMANDS_READ_THE_ENVIRONMENT = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Handler")
            .and()
            .resideOutsideOfPackage("..activators.command..")
            .should()
            .callMethod(System.class, "getenv")
            .because("everything else is told what it needs");

    @ArchTest
    static final ArchRule PARTNERS_ARE_CALLED_IN_ONE_WAY = noClasses()
            .that()
            .resideOutsideOfPackage("..activators.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..")
            .because("only there an address is judged before it is called");
}
