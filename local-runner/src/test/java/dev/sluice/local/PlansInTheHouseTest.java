package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.plan.SourceKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: a tracking plan that is published through the console is what the running tracker keeps to, without a
 * restart: its sources, their keys, and what they may send.
 */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class PlansInTheHouseTest {
    private static final String SHOP = "{\"event\":\"Shop Opened\",\"userId\":\"u1\",\"properties\":{\"coins\":COINS}}";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatIsPublishedThroughTheConsoleIsWhatTheRunningTrackerKeepsTo(House house) throws Exception {
        awaitStarterPlan(house);
        assertThat(status(house, "new-key", SHOP.replace("COINS", "1"))).isEqualTo(401);

        publish(house, source("active"));
        Eventually.until("the new key", () -> status(house, "new-key", SHOP.replace("COINS", "1")) == 200);
        assertThat(code(house, "new-key", SHOP.replace("COINS", "\"1\""))).isEqualTo("wrong_type");
        assertThat(code(house, "new-key", "{\"event\":\"Other\",\"userId\":\"u1\"}"))
                .isEqualTo("unplanned_event");
        assertThat(code(house, "new-key", SHOP.replace(",\"properties\":{\"coins\":COINS}", "")))
                .isEqualTo("missing_property");

        publish(house, source("revoked"));
        Eventually.until("the revocation", () -> status(house, "new-key", SHOP.replace("COINS", "1")) == 401);
        assertThat(status(house, House.WRITE_KEY, SHOP.replace("COINS", "1"))).isEqualTo(200);

        publisher(house).publishStarterPlan();
        awaitStarterPlan(house);
    }

    /** It governs the write key of the settings. */
    private void awaitStarterPlan(House house) {
        String wrong = "{\"event\":\"Card Played\",\"userId\":\"u1\",\"properties\":{\"coins\":\"many\"}}";
        Eventually.until(
                "the starter plan", () -> code(house, House.WRITE_KEY, wrong).equals("wrong_type"));
    }

    private void publish(House house, String plan) throws IOException {
        publisher(house).publishPlan(plan.getBytes(StandardCharsets.UTF_8));
    }

    private RulesPublisher publisher(House house) {
        return new RulesPublisher(http, house.rulesConsole().address(), Secrets.read(house.rulesTokenFile()));
    }

    private static String source(String status) {
        return """
                {"sources": [{"name": "web-shop", "keys": [{"sha256": "HASH", "status": "STATUS"}],
                              "unplanned": {"events": "reject"}}],
                 "events": [{"name": "Shop Opened", "properties": {"coins": {"type": "integer", "required": true}}}]}
                """.replace("HASH", SourceKey.hash("new-key")).replace("STATUS", status);
    }

    private int status(House house, String key, String event) {
        return send(house, key, event).statusCode();
    }

    private String code(House house, String key, String event) {
        return JsonText.readObject(send(house, key, event).body())
                .findText("code")
                .orElse("kept");
    }

    private HttpResponse<byte[]> send(House house, String key, String event) {
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        URI track = house.tracker().address().resolve("/v1/track");
        try {
            return http.send(
                    HttpRequest.newBuilder(track)
                            .timeout(Duration.ofSeconds(30))
                            .header("Authorization", "Basic " + basic)
                            .POST(HttpRequest.BodyPublishers.ofString(event))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
