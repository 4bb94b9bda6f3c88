package dev.sluice.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Promises: what holds in every module, programs and tests alike, of all that is built before this module. */
class HouseRulesTest {
    private static final JavaClasses PROGRAMS = classes("target/classes");
    private static final JavaClasses TESTS = classes("target/test-classes");

    @Test
    void everyModuleThatIsBuiltIsLookedAt() {
        assertThat(modules("target/classes"))
                .extracting(path -> TestHouse.ROOT.relativize(path).getName(0).toString())
                .contains(
                        "model", "event-tracker", "dispatcher-fn", "classifier", "partner-activators", "local-runner");
    }

    @Test
    void nothingReadsSerializedObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .because("a serialized object runs code of the sender's choice")
                .check(PROGRAMS);
    }

    @Test
    void nothingRunsMvelOrReadsXStream() {
        hold(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mvel2..", "org.drools.mvel..", "com.thoughtworks.xstream..")
                .because("rules are data; they are never program text"));
    }

    @Test
    void noPackageIsADrawer() {
        hold(noClasses()
                .should()
                .resideInAnyPackage("..common..", "..util..", "..core..", "..shared..", "..impl..", "..api..")
                .because("a package says what lives in it"));
    }

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", Duration.class)
                .because("a test waits for what it expects, with a deadline")
                .allowEmptyShould(true)
                .check(TESTS);
    }

    private static void hold(ArchRule rule) {
        rule.check(PROGRAMS);
        rule.check(TESTS);
    }

    private static JavaClasses classes(String folder) {
        return new ClassFileImporter().importPaths(modules(folder));
    }

    private static List<Path> modules(String folder) {
        try (Stream<Path> all = Files.list(TestHouse.ROOT)) {
            return all.map(module -> module.resolve(folder))
                    .filter(path -> Files.isDirectory(path.resolve("dev/sluice")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
