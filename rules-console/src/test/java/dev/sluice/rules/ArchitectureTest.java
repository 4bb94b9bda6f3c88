package dev.sluice.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
    private static final String HEART = "dev.sluice.rules";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HEART);

    @Test
    void theHeartKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage(HEART)
                .and()
                .doNotHaveSimpleName("RulesApplication")
                .and()
                .doNotHaveSimpleName("RulesSettings")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(HEART, "dev.sluice.model..", "tools.jackson.core..", "java..", "org.jspecify..")
                .because(
                        "what is decided must be testable and readable without what it runs on; the model's JSON speaks"
                                + " the one streaming library")
                .check(MAIN);
    }

    @Test
    void edgesKnowTheHeartAndNotEachOther() {
        for (String edge : List.of("aws", "web", "memory", "command")) {
            noClasses()
                    .that()
                    .resideInAPackage(HEART + "." + edge)
                    .should()
                    .dependOnClassesThat(DescribedPredicate.describe(
                            "live at another edge",
                            other -> other.getPackageName().startsWith(HEART + ".")
                                    && !other.getPackageName().equals(HEART + "." + edge)))
                    .because("each edge can be replaced without the others")
                    .check(MAIN);
        }
    }

    @Test
    void onlyTheAwsEdgeAndTheWiringKnowAws() {
        noClasses()
                .that()
                .resideInAnyPackage(HEART + ".web", HEART + ".memory", HEART + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("the store can then be another")
                .check(MAIN);
    }
}
