package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
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
            Instant over = lifetime.over(kept);

            assertThat(Duration.between(kept, over)).isBetween(lifetime.timeToLive(), lifetime.stored());
            assertThat(lifetime.over(kept.plusSeconds(1)))
                    .isBetween(over, kept.plus(lifetime.stored()).plusSeconds(1));
            assertThat(lifetime.over(over.minus(lifetime.timeToLive()).minusMillis(1)))
                    .as("of the whole span")
                    .isEqualTo(over);
        }
    }
}
