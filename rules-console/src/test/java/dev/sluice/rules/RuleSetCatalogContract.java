package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BundleCatalog} promises:
 *
 * <ul>
 *   <li>what is added is found again as it was, with all that is known of it or only what must be;
 *   <li>an entry never changes, and accounts do not see each other's;
 *   <li>entries between two numbers come in the order of numbers, both included, gaps left out.
 * </ul>
 */
public abstract class RuleSetCatalogContract {
    /** An empty one. */
    protected abstract BundleCatalog catalog();

    @Test
    void whatIsAddedIsFoundAgain() {
        BundleInfo full = new BundleInfo(
                "demo",
                7,
                "ab".repeat(32),
                3,
                new Authorship(
                        Optional.of("Zoë \uD83D\uDE00"),
                        Optional.of("x".repeat(Authorship.MAX_REASON)),
                        Instant.parse("2026-11-21T10:00:00.123Z"),
                        OptionalInt.of(5)));
        BundleInfo little = Samples.info("demo", 8);

        catalog().add(full);
        catalog().add(little);

        assertThat(catalog().find("demo", 7)).contains(full);
        assertThat(catalog().find("demo", 8)).contains(little);
        assertThat(catalog().find("demo", 9)).isEmpty();
    }

    @Test
    void anEntryNeverChanges() {
        BundleInfo first = Samples.info("demo", 1);
        catalog().add(first);

        catalog().add(new BundleInfo("demo", 1, "cd".repeat(32), 9, first.authorship()));

        assertThat(catalog().find("demo", 1)).contains(first);
    }

    @Test
    void accountsDoNotSeeEachOthers() {
        catalog().add(Samples.info("demo", 1));
        catalog().add(Samples.info("demo-2", 2));

        assertThat(catalog().between("demo", 1, 100)).containsExactly(Samples.info("demo", 1));
        assertThat(catalog().find("demo-2", 1)).isEmpty();
    }

    @Test
    void entriesComeInTheOrderOfNumbers() {
        for (int number : List.of(10, 2, 9, 100, 1)) {
            catalog().add(Samples.info("demo", number));
        }

        assertThat(catalog().between("demo", 2, 99))
                .isEqualTo(IntStream.of(2, 9, 10)
                        .mapToObj(number -> Samples.info("demo", number))
                        .toList());
        assertThat(catalog().between("demo", 11, 99)).isEmpty();
    }

    @Test
    void itCanBeProbed() {
        catalog().probe();
        assertThat(catalog().between("demo", 1, 100)).isEmpty();
    }
}
