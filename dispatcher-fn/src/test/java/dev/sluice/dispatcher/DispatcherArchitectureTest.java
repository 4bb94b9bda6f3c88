package dev.sluice.dispatcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.dispatcher", importOptions = ImportOption.DoNotIncludeTests.class)
class DispatcherArchitectureTest {
    @ArchTest
    static final ArchRule HEART_IS_PURE = classes()
            .that()
            .resideInAPackage("dev.sluice.dispatcher")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.dispatcher", "dev.sluice.model..", "java..", "tools.jackson.core..", "org.jspecify..")
            .because("what is forwarded is decided without AWS and HTTP");

    @ArchTest
    static final ArchRule ENVIRONMENT_IS_READ_ONCE = noClasses()
            .that()
            .doNotHaveSimpleName("DispatcherHandler")
            .and()
            .doNotHaveSimpleName("ScheduleHandler")
            .and()
            .doNotHaveSimpleName("ReplayCommand")
            .should()
            .callMethod(System.class, "getenv")
            .because("settings come from one record");
}
