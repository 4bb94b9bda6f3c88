package dev.sluice.local;

import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Publishes rule sets through the console's REST endpoint, as its users do. */
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
        try (InputStream rules = RulesPublisher.class.getResourceAsStream("/rules/mobile-game.json")) {
            if (rules == null) {
                throw new ServerFailure("rules/mobile-game.json is not on the class path; run ./sluice build");
            }
            publish(rules.readAllBytes());
        } catch (IOException e) {
            throw new ServerFailure("the starter rules cannot be published: " + e.getMessage(), e);
        }
    }

    /** Publishes a draft; it gets the account's next number. */
    public void publish(byte[] draft) throws IOException {
        var request = HttpRequest.newBuilder(console.resolve("/v1/accounts/" + House.ACCOUNT + "/rule-sets"))
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
            throw new IOException("interrupted while publishing rules", e);
        }
    }
}
