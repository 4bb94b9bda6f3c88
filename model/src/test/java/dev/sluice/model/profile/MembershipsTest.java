package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Promises: which segments hold somebody directly is what going through all of them finds. */
class MembershipsTest {
    @Test
    void thoseThatHoldSomebodyDirectlyAreASetLikeAnyOther() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            Map<String, Membership> all = new HashMap<>();
            Set<String> direct = new HashSet<>();
            int count = random.nextInt(12);
            for (int j = 0; j < count; j++) {
                String segment = "s" + random.nextInt(20);
                boolean isDirect = random.nextBoolean();
                all.put(segment, new Membership(Instant.EPOCH, 1, isDirect));
                if (isDirect) {
                    direct.add(segment);
                } else {
                    direct.remove(segment);
                }
            }
            Set<String> found = Memberships.copyOf(all).direct();
            assertThat(found).isEqualTo(direct).hasSize(direct.size());
            for (int j = 0; j < 20; j++) {
                assertThat(found.contains("s" + j)).isEqualTo(direct.contains("s" + j));
            }
        }
    }
}
