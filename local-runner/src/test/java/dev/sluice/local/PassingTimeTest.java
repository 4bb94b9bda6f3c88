package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises, of the whole house with a month played in seconds: one order and nothing else makes the partner hear that the
 * person has entered "ordered lately", and, when time is over, has left it and entered "no order lately", each at the
 * exact moment.
 */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class PassingTimeTest {
    /** As the rules of {@link SharedHouse} say; long enough that the entering is told before it is over. */
    private static final Duration LATELY = Duration.ofSeconds(20);

    private static final Set<String> SEGMENTS = Set.of("ordered-lately", "no-order-lately");

    @Test
    void whenTimeIsOverThePartnerHearsOfItWithoutAnyEvent(House house) throws Exception {
        order(house);
        Eventually.within(
                LATELY.plusMinutes(3), "three pushes", () -> pushes(house).size() == 3);

        Instant ordered = pushes(house).get(0).at();
        assertThat(pushes(house))
                .extracting(Delivery::segment, Delivery::entered, Delivery::at)
                .containsExactlyInAnyOrder(
                        tuple("ordered-lately", true, ordered),
                        tuple("ordered-lately", false, ordered.plus(LATELY)),
                        tuple("no-order-lately", true, ordered.plus(LATELY)));
        Value.Fields profile = JsonText.readObject(
                house.classifier().ask("/v1/people/demo/buyer").body());
        assertThat(profile.inner("memberships").fields())
                .containsKey("no-order-lately")
                .doesNotContainKey("ordered-lately");
        assertThat(profile.inner("cause").text("kind")).isEqualTo("time");
    }

    private static void order(House house) throws Exception {
        String key = Base64.getEncoder().encodeToString((House.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(house.tracker().address().resolve("/v1/track"))
                .header("Authorization", "Basic " + key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"userId\":\"buyer\",\"event\":\"" + SharedHouse.EVENT + "\",\"messageId\":\"o-1\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static List<Delivery> pushes(House house) {
        return house.partner().recorded().deliveries().stream()
                .filter(delivery -> delivery.person().equals("demo/buyer") && SEGMENTS.contains(delivery.segment()))
                .toList();
    }
}
