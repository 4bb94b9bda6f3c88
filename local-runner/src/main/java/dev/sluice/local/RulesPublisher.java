package dev.sluice.local;

import dev.sluice.local.servers.ServerFailure;
import dev.sluice.model.bundle.KeyHash;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Publishes rule sets, tracking plans and connections through the console's REST endpoint, as its users do. */
public final class RulesPublisher {
    private final HttpClient http;
    private final URI console;
    private final String token;

    public RulesPublisher(HttpClient http, URI console, String token) {
        this.http = http;
        this.console = console;
        this.token = token;
    }

    /** Publishes the rules of the mobile game. */
    public void publishStarterRules() {
        publishResource("rule-sets", "rules/mobile-game.json");
    }

    /** Publishes the tracking plan of the mobile game, whose source is the write key of the settings. */
    public void publishStarterPlan() {
        publishResource("tracking-plans", "plans/mobile-game.json");
    }

    /** Publishes the one connection, to a partner that takes everything, and the read key of one machine. */
    public void publishStarterConnections(URI partner) {
        String connections = """
                {"connections": [{"name": "webhook", "partner": "webhook", "segments": "all", "secret": "webhook",
                                  "settings": {"url": "%s", "callsPerSecond": 1000}}],
                 "readKeys": [{"name": "ad-server", "sha256": "%s"}]}
                """.formatted(partner, KeyHash.of(House.READ_KEY));
        try {
            publish("connections", connections.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ServerFailure("the connections cannot be published: " + e.getMessage(), e);
        }
    }

    private void publishResource(String kind, String name) {
        try (InputStream draft = RulesPublisher.class.getResourceAsStream("/" + name)) {
            if (draft == null) {
                throw new ServerFailure(name + " is not on the class path; run ./sluice build");
            }
            publish(kind, draft.readAllBytes());
        } catch (IOException e) {
            throw new ServerFailure(name + " cannot be published: " + e.getMessage(), e);
        }
    }

    /** Publishes rules; they get the account's next number. */
    public void publish(byte[] rules) throws IOException {
        publish("rule-sets", rules);
    }

    /** Publishes a tracking plan; it gets the account's next number. */
    public void publishPlan(byte[] plan) throws IOException {
        publish("tracking-plans", plan);
    }

    private void publish(String kind, byte[] draft) throws IOException {
        var request = HttpRequest.newBuilder(console.resolve("/v1/accounts/" + House.ACCOUNT + "/" + kind))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(draft))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new ServerFailure("the rules console answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while publishing", e);
        }
    }
}
