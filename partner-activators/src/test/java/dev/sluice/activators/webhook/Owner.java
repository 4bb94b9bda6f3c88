package dev.sluice.activators.webhook;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.http.ScriptedServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A webhook's owner on loopback, and the partner that calls there on a clock that is set by hand. */
final class Owner implements AutoCloseable {
    static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final Instant NOW = Instant.parse("2026-11-21T06:40:11Z");

    /** Beyond what a busy machine needs, for all tests but those of waiting itself. */
    static final Duration PATIENT = Duration.ofMinutes(2);

    private static final String SECRET = "whsec_" + KEY;

    /** Of one test: a later server may have the port of an earlier one, and an open connection leads to that. */
    private final PinnedHttp http = PinnedHttp.open(true);

    final ScriptedServer server = new ScriptedServer();
    final HandClock clock = new HandClock(NOW);

    /** What came of one delivery. */
    Outcome deliver(Delivery delivery) {
        return answer(PATIENT, delivery).outcomes().getFirst();
    }

    Answer answer(Duration call, Delivery delivery) {
        return partner(http, call).deliver(connection(""), List.of(delivery));
    }

    WebhookPartner partner() {
        return partner(http, PATIENT);
    }

    WebhookPartner partner(PinnedHttp over, Duration call) {
        return new WebhookPartner(over, over.guard(), (account, name) -> new Secrets.Secret(SECRET), clock, call);
    }

    WebhookPartner partner(Secrets secrets) {
        return new WebhookPartner(http, http.guard(), secrets, clock);
    }

    /** To the owner's server, with these settings besides. */
    Connection connection(String more) {
        String settings = "{\"url\":\"" + server.uri("/hook?token=t") + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
        return of(settings, Optional.of("webhook"));
    }

    static Connection of(String settings, Optional<String> secret) {
        Value.Fields fields = JsonText.readObject(settings.getBytes(StandardCharsets.UTF_8));
        return new Connection("hook", "webhook", Optional.empty(), Consent.NONE, secret, false, fields);
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
