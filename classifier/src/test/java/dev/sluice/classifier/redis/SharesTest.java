package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every slot gives the same; who has less gives what it has, and others more for it. */
class SharesTest {
    @Test
    void everySlotGivesTheSameAndOthersMoreForWhoHasLess() {
        Map<Integer, Long> present = new LinkedHashMap<>();
        present.put(7, 100L);
        present.put(1, 2L);
        present.put(3, 0L);
        present.put(9, 1_000L);

        assertThat(Shares.of(present, 2)).isEqualTo(Map.of(7, 1, 1, 1));
        assertThat(Shares.of(present, 32)).isEqualTo(Map.of(7, 15, 1, 2, 9, 15));
        assertThat(Shares.of(present, 502)).isEqualTo(Map.of(7, 100, 1, 2, 9, 400));
        assertThat(Shares.of(present, 9_999)).isEqualTo(Map.of(7, 100, 1, 2, 9, 1_000));
        assertThat(Shares.of(present, 0)).isEmpty();
    }
}
