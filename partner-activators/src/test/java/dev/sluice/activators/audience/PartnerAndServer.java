package dev.sluice.activators.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.HandClock;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/**
 * A partner that keeps audiences, the server that behaves as its documentation says, the real client between them, and people
 * to tell it of.
 */
public abstract class PartnerAndServer {
    protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Duration CALL = Duration.ofMinutes(1);
    protected final HandClock clock = new HandClock(NOW);
    protected final PinnedHttp http = PinnedHttp.open(true);

    @AfterEach
    void close() {
        http.close();
        server().close();
    }

    /** The server, which lives as long as one test. */
    protected abstract JudgingServer server();

    /** The partner, told that the server is its endpoint. */
    protected abstract Partner partner(Secrets secrets, Clock clock, Duration call);

    /** The partner that calls over this client instead, with these secrets if a file may hold that partner's. */
    protected abstract Partner recorded(PartnerHttp recording, Secrets secrets);

    /** What the server takes. */
    protected abstract Secret secret();

    /** Well-formed, but not what the server takes. */
    protected abstract Secret wrongSecret();

    /** Settings that name everything that is needed, and those that are given. */
    protected abstract Value.Fields settings(Map<String, Value> others);

    /** The setting that makes a dry run. */
    protected String dryRun() {
        return "dryRun";
    }

    /** The partner's id of audience {@code number}. */
    protected abstract String audience(int number);

    /** How many people the server counts in an audience. */
    protected abstract int peopleIn(String audience);

    protected Connection connection(Map<String, Value> others) {
        return new Connection(
                "test",
                partner().name(),
                Optional.of(Map.of("gold", audience(1), "silver", audience(2))),
                Consent.NONE,
                Optional.of("key"),
                false,
                settings(others));
    }

    protected final Connection connection() {
        return connection(Map.of());
    }

    protected final Partner partner() {
        return partner((account, name) -> secret(), clock, CALL);
    }

    /** What is shared of a person who has everything. */
    protected static Shared shared(int number) {
        var traits = new LinkedHashMap<String, Value>();
        traits.put("email", Value.of("Person" + number + "@Example.com"));
        traits.put("phone", Value.of("+1 650 253 " + String.format(Locale.ROOT, "%04d", number % 10_000)));
        traits.put("firstName", Value.of("Dana"));
        traits.put("lastName", Value.of("Miller-" + number));
        traits.put("country", Value.of("US"));
        traits.put("postalCode", Value.of("94043"));
        String id = String.format(Locale.ROOT, "aebe52e7-03ee-455a-b3c4-%012d", number);
        traits.put("advertisingId", Value.of(id));
        return new Shared(new Value.Fields(traits), Optional.empty());
    }

    protected static PersonKey person(int number) {
        return new PersonKey("demo", "user-" + number);
    }

    protected final Delivery delivery(Connection connection, int number, String segment, Direction direction) {
        return new Delivery(
                "delivery-" + number + "-" + segment,
                person(number),
                segment,
                connection.audience(segment).orElseThrow(),
                direction,
                NOW,
                7,
                3,
                new Cause(Cause.Kind.EVENT, "e-1", NOW, Optional.empty()),
                partner().recipient(connection, person(number), shared(number)).orElseThrow());
    }

    protected final List<Delivery> deliveries(int count, String segment, Direction direction) {
        var deliveries = new ArrayList<Delivery>();
        for (int i = 0; i < count; i++) {
            deliveries.add(delivery(connection(), i, segment, direction));
        }
        return deliveries;
    }

    protected final Answer tell(List<Delivery> batch) {
        return partner().deliver(connection(), batch);
    }

    /** In one word: of what is parked, which. */
    protected static String kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> "delivered";
            case Outcome.Skipped skipped -> "skipped";
            case Outcome.Rejected rejected -> "rejected";
            case Outcome.RetryLater later -> "later";
            case Outcome.Parked parked -> parked.scope() == Scope.AUDIENCE ? "audience" : "connection";
        };
    }

    protected static void assertParked(Answer answer) {
        assertThat(answer.outcomes())
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Parked.class, parked -> {
                    assertThat(parked.scope()).isEqualTo(Scope.CONNECTION);
                    assertThat(parked.reason()).doesNotContain("hush");
                }));
    }
}
