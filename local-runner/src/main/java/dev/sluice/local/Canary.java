package dev.sluice.local;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.servers.ServerFailure;
import dev.sluice.model.JsonText;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Events of people who do not exist, sent the whole way before anybody else's: the house is up when their pushes have
 * arrived. It also makes every program load and compile what the first real event would otherwise wait for.
 */
final class Canary {
    private static final int ROUNDS = 4;
    private static final int PEOPLE = 10;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final House house;
    private final HttpClient http;

    Canary(House house, HttpClient http) {
        this.house = house;
        this.http = http;
    }

    /** @throws ServerFailure if a push does not arrive in time; the message names what to look at */
    void fly() {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "canary-" + round + "-";
            post(name);
            await(House.ACCOUNT + "/" + name + (PEOPLE - 1));
        }
    }

    private void post(String name) {
        byte[] body = JsonText.writeObject(json -> {
            json.writeArrayPropertyStart("batch");
            for (int person = 0; person < PEOPLE; person++) {
                json.writeStartObject();
                json.writeStringProperty("type", "track");
                json.writeStringProperty("messageId", UUID.randomUUID().toString());
                json.writeStringProperty("userId", name + person);
                json.writeStringProperty("event", "Ad Clicked");
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        String key = Base64.getEncoder().encodeToString((House.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(house.tracker().address().resolve("/v1/batch"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            long deadline = System.nanoTime() + LIMIT.toNanos();
            // "Not now, send it again": what a client does, too.
            while (answer.statusCode() == 503 && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (answer.statusCode() != 200) {
                throw new ServerFailure(
                        "the tracker answered " + answer.statusCode() + " to the first events: " + answer.body());
            }
        } catch (IOException e) {
            throw new ServerFailure("the tracker did not take the first events: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("interrupted while the first events were sent", e);
        }
    }

    private void await(String person) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (house.partner().latest(PEOPLE * ROUNDS).stream()
                .map(Delivery::person)
                .noneMatch(person::equals)) {
            if (System.nanoTime() - deadline > 0) {
                throw new ServerFailure("no push followed from the first events within " + LIMIT.toSeconds()
                        + " s; see the logs of the dispatcher, the classifier, the propagator and the webhook");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
