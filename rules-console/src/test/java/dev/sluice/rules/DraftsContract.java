package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Drafts} promises:
 *
 * <ul>
 *   <li>what is stored is found again as it was, listed without its content, and gone when it is removed;
 *   <li>only the next revision is stored, only the present one removed; of many who try at once, one does;
 *   <li>accounts do not see each other's; a list is no longer than asked for.
 * </ul>
 */
public abstract class DraftsContract {
    private static final int WRITERS = 6;

    /** An empty one. */
    protected abstract Drafts drafts();

    @Test
    void whatIsStoredIsFoundAgain() {
        var info = new DraftInfo(
                "demo",
                "d-1",
                1,
                Optional.of("Spring <sale>"),
                Optional.of("Zoë"),
                OptionalInt.of(0),
                Instant.parse("2026-11-21T10:00:00.123Z"));
        var full = new Draft(info, "[{\"any\":\"thing\"},5,null]");
        Draft little = Samples.draft("demo", "d-2", 1);

        assertThat(drafts().store(full)).isTrue();
        assertThat(drafts().store(little)).isTrue();

        assertThat(drafts().find("demo", "d-1")).contains(full);
        assertThat(drafts().find("demo", "d-2")).contains(little);
        assertThat(drafts().list("demo", 10)).containsExactlyInAnyOrder(info, little.info());
        assertThat(drafts().remove("demo", "d-1", 1)).isTrue();
        assertThat(drafts().find("demo", "d-1")).isEmpty();
        assertThat(drafts().list("demo", 10)).containsExactly(little.info());
    }

    @Test
    void onlyTheNextRevisionIsStored() {
        assertThat(drafts().store(Samples.draft("demo", "d", 2))).isFalse();
        assertThat(drafts().store(Samples.draft("demo", "d", 1))).isTrue();
        assertThat(drafts().store(Samples.draft("demo", "d", 1))).isFalse();
        assertThat(drafts().store(Samples.draft("demo", "d", 3))).isFalse();
        assertThat(drafts().store(Samples.draft("demo", "d", 2))).isTrue();

        assertThat(drafts().find("demo", "d")).contains(Samples.draft("demo", "d", 2));
    }

    @Test
    void onlyThePresentRevisionIsRemoved() {
        assertThat(drafts().remove("demo", "d", 1)).isFalse();
        assertThat(drafts().store(Samples.draft("demo", "d", 1))).isTrue();
        assertThat(drafts().store(Samples.draft("demo", "d", 2))).isTrue();

        assertThat(drafts().remove("demo", "d", 1)).isFalse();
        assertThat(drafts().find("demo", "d")).isPresent();
        assertThat(drafts().remove("demo", "d", 2)).isTrue();
    }

    @Test
    void ofManyWhoChangeItAtOnceOneDoes() throws Exception {
        assertThat(drafts().store(Samples.draft("demo", "d", 1))).isTrue();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String segments = "[" + i + "]";
            writers.add(
                    () -> drafts().store(new Draft(Samples.draft("demo", "d", 2).info(), segments)));
        }

        List<Boolean> stored = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Boolean> result : threads.invokeAll(writers)) {
                stored.add(result.get());
            }
        }

        assertThat(stored).containsOnlyOnce(true);
        assertThat(drafts().find("demo", "d").orElseThrow().segments()).isEqualTo("[" + stored.indexOf(true) + "]");
    }

    @Test
    void accountsDoNotSeeEachOthers() {
        assertThat(drafts().store(Samples.draft("demo", "d", 1))).isTrue();

        assertThat(drafts().list("demo-2", 10)).isEmpty();
        assertThat(drafts().find("demo-2", "d")).isEmpty();
        assertThat(drafts().remove("demo-2", "d", 1)).isFalse();
    }

    @Test
    void aListIsNoLongerThanAskedFor() {
        for (int i = 0; i < 5; i++) {
            assertThat(drafts().store(Samples.draft("demo", "d-" + i, 1))).isTrue();
        }

        assertThat(drafts().list("demo", 3)).hasSize(3);
        assertThat(drafts().list("demo", 9)).hasSize(5);
    }

    @Test
    void aLargeDraftIsKept() {
        var large = new Draft(Samples.draft("demo", "d", 1).info(), "[\"" + "ü".repeat(140_000) + "\"]");

        assertThat(drafts().store(large)).isTrue();

        assertThat(drafts().find("demo", "d")).contains(large);
    }
}
