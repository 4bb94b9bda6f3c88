package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Promises: what a sending is stays what it was begun as; a slot's progress is what was kept last; names are an account's own. */
public abstract class SendingsContract {
    private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
    private static final Sendings.Id SPRING = new Sendings.Id("demo", "spring");

    protected abstract Sendings sendings();

    @Test
    void aSendingStaysWhatItWasBegunAs() {
        Sendings sendings = sendings();
        var first = new Sendings.Order("offers", "spender-gold", NOW);

        assertThat(sendings.begin(SPRING, first)).isEqualTo(first);
        assertThat(sendings.begin(SPRING, new Sendings.Order("other", "s", NOW.plusSeconds(1))))
                .isEqualTo(first);
        var others = new Sendings.Order("other", "s", NOW.plusSeconds(1));
        assertThat(sendings.begin(new Sendings.Id("other", "spring"), others)).isEqualTo(others);
    }

    @Test
    void progressIsWhatWasKeptLast() {
        Sendings sendings = sendings();
        assertThat(sendings.progress(SPRING)).isEmpty();
        var half = new Sendings.Progress(
                Optional.of("anonymous:7/8"), false, new TreeMap<>(Map.of("sent", 100L)), Optional.of(NOW));
        var whole = new Sendings.Progress(
                Optional.empty(),
                true,
                new TreeMap<>(Map.of("sent", 120L, "skipped: control group", 3L)),
                Optional.empty());
        sendings.keep(SPRING, 0, half);
        sendings.keep(SPRING, 255, half);
        sendings.keep(SPRING, 255, whole);

        assertThat(sendings.progress(SPRING)).isEqualTo(Map.of(0, half, 255, whole));
    }
}
