package dev.sluice.activators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Promises of secrets from memory:
 *
 * <ul>
 *   <li>a secret is read once in five minutes
 *   <li>while the store does not answer, what was read stays; what was never read cannot be had
 *   <li>one that was taken away is gone with the next reading
 * </ul>
 */
final class CachedSecretsTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T06:40:11Z"));
    private int readings;
    private String state = "first";

    private final CachedSecrets secrets = new CachedSecrets(this::read, clock);

    @Test
    void aSecretIsReadOnceInFiveMinutes() {
        assertThat(reveal()).isEqualTo("first");
        state = "second";
        clock.pass(Duration.ofSeconds(299));
        assertThat(reveal()).isEqualTo("first");
        clock.pass(Duration.ofSeconds(1));
        assertThat(reveal()).isEqualTo("second");
        assertThat(readings).isEqualTo(2);
        assertThat(secrets.byName("other", "webhook").reveal()).isEqualTo("second");
        assertThat(readings).isEqualTo(3);
    }

    @Test
    void whileTheStoreDoesNotAnswerWhatWasReadStays() {
        reveal();
        state = "down";
        clock.pass(Duration.ofDays(1));
        for (int i = 0; i < 5; i++) {
            assertThat(reveal()).isEqualTo("first");
        }
        assertThat(readings).isEqualTo(2);

        state = "second";
        clock.pass(Duration.ofSeconds(10));
        assertThat(reveal()).isEqualTo("second");
    }

    @Test
    void whatWasNeverReadCannotBeHad() {
        state = "down";
        assertThatThrownBy(this::reveal).isInstanceOf(UnreachableException.class);
        state = "first";
        assertThat(reveal()).isEqualTo("first");
    }

    @Test
    void oneThatWasTakenAwayIsGone() {
        reveal();
        state = "missing";
        clock.pass(Duration.ofMinutes(5));

        assertThatThrownBy(this::reveal).isInstanceOf(IllegalArgumentException.class);
        state = "down";
        assertThatThrownBy(this::reveal).isInstanceOf(UnreachableException.class);
    }

    private String reveal() {
        return secrets.byName("demo", "webhook").reveal();
    }

    private Secrets.Secret read(String account, String name) {
        readings++;
        if (state.equals("down")) {
            throw new UnreachableException("down", new IllegalStateException());
        }
        if (state.equals("missing")) {
            throw new IllegalArgumentException("there is none");
        }
        return new Secrets.Secret(state);
    }
}
