package dev.sluice.activators;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "dev.sluice.activators", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.sluice.activators";
    private static final String PROPAGATOR = ROOT + ".propagator";
    private static final String LEDGER = ROOT + ".ledger";
    private static final String DELIVERY = ROOT + ".delivery";
    private static final String CONNECTIONS = ROOT + ".connections";

    @ArchTest
    static final ArchRule THE_HEART_IS_PURE = classes()
            .that()
            .resideInAnyPackage(ROOT, PROPAGATOR, LEDGER, DELIVERY, CONNECTIONS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT, PROPAGATOR, LEDGER, DELIVERY, CONNECTIONS, "dev.sluice.model..", "java..", "org.jspecify..")
            .because("what is decided here must be testable without AWS and without a partner");

    @ArchTest
    static final ArchRule THE_HEART_HAS_LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT, PROPAGATOR, LEDGER, DELIVERY, CONNECTIONS)
            .layer("port")
            .definedBy(ROOT)
            .layer("propagator")
            .definedBy(PROPAGATOR)
            .layer("ledger")
            .definedBy(LEDGER)
            .layer("delivery")
            .definedBy(DELIVERY)
            .layer("connections")
            .definedBy(CONNECTIONS)
            .whereLayer("port")
            .mayNotAccessAnyLayer()
            .whereLayer("propagator")
            .mayOnlyAccessLayers("port")
            .whereLayer("ledger")
            .mayOnlyAccessLayers("port")
            .whereLayer("delivery")
            .mayOnlyAccessLayers("port", "ledger")
            .whereLayer("connections")
            .mayOnlyAccessLayers("port", "ledger", "delivery")
            .because("what is decided is below what is done, and changes come in by a way of their own");

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
                    "dev.sluice.activators.(webhook|meta|google|tradedesk|braze|fcm|ses|webpush|sms)..")
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
