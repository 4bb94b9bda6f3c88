package dev.sluice.classifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
    private static final String HEART = "dev.sluice.classifier";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HEART);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(HEART);

    @Test
    void theHeartKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage(HEART)
                .and()
                .doNotHaveSimpleName("ClassifierApplication")
                .and()
                .doNotHaveSimpleName("ClassifierSettings")
                .and()
                .doNotHaveSimpleName("RulesPoll")
                .and()
                .doNotHaveSimpleName("ReadingSettings")
                .and()
                .doNotHaveSimpleName("ReadingWiring")
                .and()
                .doNotHaveSimpleName("ReadKeysPoll")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(HEART, "dev.sluice.model..", "java..", "org.jspecify..")
                .because("what is decided must be testable and readable without what it runs on")
                .check(MAIN);
    }

    @Test
    void edgesKnowTheHeartAndNotEachOther() {
        for (String edge : List.of("aws", "disk", "jose", "redis", "drools", "web", "memory")) {
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
    void droolsReadsRulesByItself() {
        noClasses()
                .that()
                .resideInAPackage(HEART + ".drools")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.sluice\\.model\\.rules\\.(RuleEvaluator|Past|Passing|PassingTime)(\\$.*)?")
                .because("that two readings agree says something only if one does not call the other")
                .check(MAIN);
    }

    @Test
    void whatDroolsMustNotReadIsWhereItIsLookedFor() throws ClassNotFoundException {
        for (String name : List.of("RuleEvaluator", "Past", "Passing", "PassingTime")) {
            assertThat(Class.forName("dev.sluice.model.rules." + name)).isNotNull();
        }
    }

    @Test
    void nothingTypedIsEverRun() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .because("bytes from outside must not choose classes")
                .check(MAIN);
        for (String name : List.of(
                "org.mvel2.MVEL",
                "org.mvel3.MVEL",
                "com.thoughtworks.xstream.XStream",
                "org.drools.mvel.MVELSafeHelper",
                "org.eclipse.jdt.internal.compiler.Compiler")) {
            assertThat(ClassLoader.getSystemResource(name.replace('.', '/') + ".class"))
                    .as("%s runs text as code", name)
                    .isNull();
        }
    }

    @Test
    void testsDoNotSleep() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("a test waits for a condition, not for a time")
                .check(TESTS);
    }
}
