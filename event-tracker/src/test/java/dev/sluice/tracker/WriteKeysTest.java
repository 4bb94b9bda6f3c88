package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: a key leads to its account; entries that mean nothing stop the start and never show the key. */
final class WriteKeysTest {
    @Test
    void aKeyLeadsToItsAccount() {
        WriteKeys keys = WriteKeys.of(List.of("a=b=demo", "other=second"));

        assertThat(keys.account("a=b")).contains("demo");
        assertThat(keys.account("A=B")).isEmpty();
    }

    @Test
    void entriesThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> WriteKeys.of(List.of())).hasMessageContaining("write-keys is empty");
        assertThatThrownBy(() -> WriteKeys.of(List.of("secret"))).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> WriteKeys.of(List.of("secret=Bad Account"))).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> WriteKeys.of(List.of("k=demo", "k=demo"))).hasMessageContaining("twice");
    }
}
