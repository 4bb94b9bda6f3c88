package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import dev.sluice.local.partner.Delivery;
import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises: an unmodified Segment SDK works, and what it sends becomes the pushes that follow from the rules. */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class SegmentSdkTest {
    private static final List<String> PLAYERS =
            IntStream.range(0, 10).mapToObj("sdk-%d"::formatted).toList();

    /** Derived by hand from the starter rules for someone who only clicked Acme Cola's advertisements, ten times. */
    private static final Set<String> FOLLOWS = Set.of("ad-engaged", "likes-acme-cola", "lapsed", "new-player");

    @Test
    void aHundredEventsOfTheJavaSdkBecomeThePushesThatFollow(House house) throws Exception {
        assertThat(new Settlement(house).await(Duration.ofMinutes(3))).isTrue();
        int before = new Facts(house.clients()).lakeIds().size();
        Analytics segment = Analytics.builder(House.WRITE_KEY)
                .endpoint(house.tracker().address().toString())
                .build();
        for (int i = 0; i < 100; i++) {
            segment.enqueue(TrackMessage.builder("Ad Clicked")
                    .userId(PLAYERS.get(i % PLAYERS.size()))
                    .properties(Map.of("brand", "Acme Cola", "rewarded", i % 2 == 0)));
        }
        segment.flush();

        int expected = PLAYERS.size() * FOLLOWS.size();
        Eventually.until("the pushes", () -> ofTheSdk(house).size() >= expected);
        segment.shutdown();
        assertThat(new Settlement(house).await(Duration.ofMinutes(3))).isTrue();

        Map<String, Set<String>> entered = ofTheSdk(house).stream()
                .filter(Delivery::entered)
                .collect(Collectors.groupingBy(
                        Delivery::person, Collectors.mapping(Delivery::segment, Collectors.toSet())));
        assertThat(entered)
                .isEqualTo(PLAYERS.stream().collect(Collectors.toMap(player -> "demo/" + player, _ -> FOLLOWS)));
        assertThat(ofTheSdk(house)).hasSize(expected);
        assertThat(house.partner().recorded().badSignatures()).isZero();
        assertThat(new Facts(house.clients()).lakeIds()).hasSize(before + 100);
    }

    private static List<Delivery> ofTheSdk(House house) {
        return house.partner().recorded().deliveries().stream()
                .filter(delivery -> delivery.person().startsWith("demo/sdk-"))
                .toList();
    }
}
