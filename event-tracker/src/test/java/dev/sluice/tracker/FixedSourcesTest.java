package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: a key leads to its account; entries that mean nothing stop the start and never show the key. */
final class FixedSourcesTest {
    private static final Limits LIMITS = new Limits(64 << 10, 4096, 3, 10);

    @Test
    void aKeyLeadsToItsAccount() {
        FixedSources sources = FixedSources.of(List.of("a=b=demo", "other=second"), LIMITS);

        assertThat(sources.byWriteKey("a=b")).map(Source::account).contains("demo");
        assertThat(sources.byWriteKey("A=B")).isEmpty();
    }

    @Test
    void entriesThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> FixedSources.of(List.of(), LIMITS)).hasMessageContaining("write-keys is empty");
        assertThatThrownBy(() -> FixedSources.of(List.of("secret"), LIMITS)).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> FixedSources.of(List.of("secret=Bad Account"), LIMITS))
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> FixedSources.of(List.of("k=demo", "k=demo"), LIMITS))
                .hasMessageContaining("twice");
    }
}
