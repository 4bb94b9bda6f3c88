package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises, of the whole house: who looked around anonymously and then logs in is one person; the partner sees the anonymous
 * one leave every segment and the user enter them; parted again, the partner sees it go back.
 */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class WhoIsWhoInTheHouseTest {
    private static final String ANONYMOUS = "demo/anonymous:visitor-1";
    private static final String USER = "demo/known-1";

    @Test
    void thePartnerSeesTheAnonymousOneLeaveAndTheUserEnter(House house) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            send(http, house, """
                    {"batch":[
                      {"type":"track","event":"Ad Clicked","anonymousId":"visitor-1","messageId":"w-1","properties":{"brand":"Acme Cola"}},
                      {"type":"track","event":"Ad Clicked","anonymousId":"visitor-1","messageId":"w-2","properties":{"brand":"Acme Cola"}}
                    ]}""");
            Eventually.until(
                    "the anonymous one is in", () -> in(house, ANONYMOUS).contains("likes-acme-cola"));
            Set<String> before = in(house, ANONYMOUS);

            send(http, house, """
                    {"batch":[{"type":"identify","userId":"known-1","anonymousId":"visitor-1","messageId":"w-3"}]}""");

            Eventually.until("the user is in", () -> in(house, USER).containsAll(before));
            Eventually.until(
                    "the anonymous one has left", () -> in(house, ANONYMOUS).isEmpty());

            Value.Fields names = JsonText.readObject(
                    house.classifier().ask("/v1/people/demo/known-1/names").body());
            assertThat(names.innerList("names"))
                    .singleElement()
                    .satisfies(name -> assertThat(name.text("name")).isEqualTo("anonymous:visitor-1"));

            part(http, house);

            Eventually.until(
                    "the anonymous one is back", () -> in(house, ANONYMOUS).equals(before));
            Eventually.until("the user has left", () -> !in(house, USER).contains("likes-acme-cola"));
        }
    }

    /** What the partner was told that the person is in now. */
    private static Set<String> in(House house, String person) {
        Set<String> segments = new TreeSet<>();
        for (Delivery delivery : house.partner().recorded().deliveries()) {
            if (delivery.person().equals(person)) {
                if (delivery.entered()) {
                    segments.add(delivery.segment());
                } else {
                    segments.remove(delivery.segment());
                }
            }
        }
        return segments;
    }

    private static void send(HttpClient http, House house, String body) throws Exception {
        String key = Base64.getEncoder().encodeToString((House.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(house.tracker().address().resolve("/v1/batch"))
                .header("Authorization", "Basic " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private static void part(HttpClient http, House house) throws Exception {
        var request = HttpRequest.newBuilder(
                        house.classifier().address().resolve("/v1/people/demo/known-1/names/anonymous:visitor-1"))
                .DELETE()
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}
