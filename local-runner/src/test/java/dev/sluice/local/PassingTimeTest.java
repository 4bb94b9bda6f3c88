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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises, of the whole house with a month played in seconds: one order and nothing else makes the partner hear that the
 * person has entered "ordered lately", and, when time is over, has left it and entered "no order lately", each at the
 * exact moment.
 */
class PassingTimeTest {
    private static final Duration LATELY = Duration.ofSeconds(6);
    private static final byte[] RULES = """
            {"segments":[
              {"id":"ordered-lately","kind":"live","when":{"count":{"name":"Order Completed","last":"PT6S","atLeast":1}}},
              {"id":"no-order-lately","kind":"live","when":{"allOf":[
                {"count":{"name":"Order Completed","ever":true,"atLeast":1}},
                {"count":{"name":"Order Completed","last":"PT6S","exactly":0}}]}}]}
            """.getBytes(StandardCharsets.UTF_8);

    @Test
    void whenTimeIsOverThePartnerHearsOfItWithoutAnyEvent(@TempDir Path folder) throws Exception {
        try (House house = TestHouse.start(folder)) {
            TestHouse.publish(house, RULES);
            order(house);
            Eventually.until("three pushes", () -> pushes(house).size() == 3);

            Instant ordered = pushes(house).get(0).at();
            assertThat(pushes(house))
                    .extracting(Delivery::segment, Delivery::entered, Delivery::at)
                    .containsExactlyInAnyOrder(
                            tuple("ordered-lately", true, ordered),
                            tuple("ordered-lately", false, ordered.plus(LATELY)),
                            tuple("no-order-lately", true, ordered.plus(LATELY)));
            Value.Fields profile = JsonText.readObject(
                    house.classifier().ask("/v1/people/demo/buyer").body());
            assertThat(profile.inner("memberships").fields()).containsOnlyKeys("no-order-lately");
            assertThat(profile.inner("cause").text("kind")).isEqualTo("time");
        }
    }

    private static void order(House house) throws Exception {
        String key = Base64.getEncoder().encodeToString((House.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(house.tracker().address().resolve("/v1/track"))
                .header("Authorization", "Basic " + key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"userId\":\"buyer\",\"event\":\"Order Completed\",\"messageId\":\"o-1\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static List<Delivery> pushes(House house) {
        return house.partner().recorded().deliveries().stream()
                .filter(delivery -> delivery.person().equals("demo/buyer"))
                .toList();
    }
}
