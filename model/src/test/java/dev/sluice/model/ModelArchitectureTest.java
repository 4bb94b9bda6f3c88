package dev.sluice.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.sluice.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ModelArchitectureTest {
    @ArchTest
    static final ArchRule PURE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.model..",
                    "java..",
                    "tools.jackson.core..",
                    "org.jspecify..",
                    "com.google.re2j..",
                    "com.github.luben.zstd..")
            .because("Spark on Glue, Lambdas and Spring programs all load model");

    @ArchTest
    static final ArchRule RULES_DO_NOT_KNOW_PROFILES = noClasses()
            .that()
            .resideInAPackage("dev.sluice.model.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.model.profile..")
            .because("what a rule means does not depend on what follows from it");

    @ArchTest
    static final ArchRule RULES_DO_NOT_KNOW_SENTENCES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.model.rules.sentence")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.model.rules.sentence")
            .because("words are one way to show a rule; what it means does not depend on them");

    @ArchTest
    static final ArchRule RULES_DO_NOT_KNOW_WHO_READS_THEM = noClasses()
            .that()
            .resideInAPackage("dev.sluice.model.rules")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.model.rules.check..", "dev.sluice.model.rules.sql..")
            .because("what a rule means does not depend on its warnings, nor on one of its readings");

    @ArchTest
    static final ArchRule NOUNS_DO_NOT_KNOW_RULES = noClasses()
            .that()
            .resideInAPackage("dev.sluice.model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.model.rules..", "dev.sluice.model.profile..")
            .because("an event is an event whatever the rules are");

    @ArchTest
    static final ArchRule SQL_IS_A_READING_OF_ITS_OWN = noClasses()
            .that()
            .resideInAPackage("dev.sluice.model.rules.sql")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.sluice.model.rules.RuleEvaluator")
            .because("what is compared with the evaluator must not ask it");

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is passed in, so that a replay gives the same answer");
}
