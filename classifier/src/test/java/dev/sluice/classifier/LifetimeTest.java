package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: whoever is said to be over has done nothing for the whole life; whose state the store has let go by itself is
 * said to be over, also if what was written last was counted to the next span.
 */
class LifetimeTest {
    @Test
    void whatIsOverIsAsOldAsItsLifeAndGoneByItself() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var lifetime = new Lifetime(Duration.ofSeconds(60 + random.nextInt(500 * 24 * 3_600)));
            Instant kept = Instant.ofEpochMilli(Math.floorMod(random.nextLong(), 4_000_000_000_000L));
            var person = new PersonKey("demo", "u" + i);
            Instant over = lifetime.over(person, kept);

            assertThat(Duration.between(kept, over)).isBetween(lifetime.timeToLive(), lifetime.stored());
            assertThat(lifetime.over(person, kept.plusSeconds(1)))
                    .isBetween(over, kept.plus(lifetime.stored()).plusSeconds(1));
            assertThat(lifetime.over(person, over.minus(lifetime.timeToLive()).minusMillis(1)))
                    .as("of the whole span")
                    .isEqualTo(over);
        }
    }

    /** Else all who are active would have their profile written in the same minutes. */
    @Test
    void notAllSpansBeginAtOnce() {
        var lifetime = new Lifetime(Duration.ofDays(400));
        Instant now = Instant.parse("2026-11-22T10:00:00Z");

        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(i -> lifetime.over(new PersonKey("demo", "u" + i), now))
                        .distinct())
                .hasSize(Ring.SLOTS);
    }
}
