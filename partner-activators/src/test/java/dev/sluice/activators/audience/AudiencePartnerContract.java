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
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.audience.JudgingServer.Reply;
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
import org.junit.jupiter.api.Test;

/**
 * Promises of every partner that keeps audiences, against a server that behaves as its documentation says, over the real
 * client: whoever enters is in and whoever leaves is out; whatever answer comes, it becomes an outcome; one that nobody
 * understands is never a success; nothing that is wrong with us looks like a fault of a person; what is kept of a person holds
 * nothing readable that the partner wants hashed.
 */
public abstract class AudiencePartnerContract {
    protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration CALL = Duration.ofMinutes(1);
    private static final Duration IMPATIENT = Duration.ofMillis(400);

    protected final HandClock clock = new HandClock(NOW);
    protected final PinnedHttp http = PinnedHttp.open(true);

    @AfterEach
    void closeClient() {
        http.close();
    }

    /** The server, which lives as long as one test. */
    protected abstract JudgingServer server();

    /** The partner, told that the server is its endpoint. */
    protected abstract Partner partner(Secrets secrets, Clock clock, Duration call);

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

    @Test
    void whoeverEntersIsInAndWhoeverLeavesIsOut() {
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes())
                .containsExactly(new Outcome.Delivered(), new Outcome.Delivered(), new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(3);
        assertThat(tell(deliveries(2, "gold", Direction.LEFT)).outcomes())
                .containsExactly(new Outcome.Delivered(), new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(1);
    }

    @Test
    void toldTwiceIsToldOnce() {
        tell(deliveries(3, "gold", Direction.ENTERED));
        assertThat(tell(deliveries(3, "gold", Direction.ENTERED)).outcomes()).containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(3);
    }

    @Test
    void aBatchOfTheGreatestSizeIsTaken() {
        int most = partner().limits().batch();
        assertThat(tell(deliveries(most, "gold", Direction.ENTERED)).outcomes())
                .hasSize(most)
                .containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(most);
    }

    @Test
    void aBatchOfTwoAudiencesIsToldOfBoth() {
        var batch = new ArrayList<>(deliveries(2, "gold", Direction.ENTERED));
        batch.addAll(1, deliveries(3, "silver", Direction.ENTERED));
        assertThat(tell(batch).outcomes()).hasSize(5).containsOnly(new Outcome.Delivered());
        assertThat(peopleIn(audience(1))).isEqualTo(2);
        assertThat(peopleIn(audience(2))).isEqualTo(3);
    }

    @Test
    void aPageForPeopleIsRetried() {
        for (int status : new int[] {500, 502, 503, 302, 403, 400, 413, 200}) {
            server().next(Reply.html(status));
            assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                    .as("after " + status)
                    .hasSize(2)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
        server().next(Reply.html(404));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .as("no person is the reason of a page that is not there")
                .noneMatch(Outcome.Delivered.class::isInstance)
                .noneMatch(Outcome.Rejected.class::isInstance);
    }

    @Test
    void aSuccessThatNobodyUnderstandsIsNone() {
        for (String body :
                List.of("", "[]", "null", "OK", "{\"errors\":3}x", "{", "{\"FailedLines\":7,\"errors\":7}")) {
            server().next(Reply.json(200, body));
            assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                    .as(body)
                    .hasSize(2)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
        server().next(Reply.json(204, ""));
        assertThat(tell(deliveries(2, "gold", Direction.ENTERED)).outcomes())
                .allMatch(Outcome.RetryLater.class::isInstance);
    }

    @Test
    void whoeverDoesNotAnswerInTimeIsAskedLater() {
        Partner impatient = partner((account, name) -> secret(), clock, IMPATIENT);
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        for (Reply reply : List.of(Reply.silence(), Reply.slowly())) {
            server().next(reply);
            assertThat(impatient.deliver(connection(), batch).outcomes())
                    .hasSize(2)
                    .allMatch(Outcome.RetryLater.class::isInstance);
        }
    }

    @Test
    void whoeverIsNotThereIsAskedLater() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        Partner partner = partner();
        server().close();
        assertThat(partner.deliver(connection(), batch).outcomes())
                .hasSize(2)
                .allMatch(Outcome.RetryLater.class::isInstance);
    }

    @Test
    void tooManyCallsSlowUsDown() {
        server().next(Reply.json(429, "{}").with("retry-after", "7"));
        Answer answer = tell(deliveries(2, "gold", Direction.ENTERED));
        assertThat(answer.outcomes()).hasSize(2).allMatch(Outcome.RetryLater.class::isInstance);
        assertThat(answer.pace().tooFast()).isTrue();
        assertThat(answer.pace().notBefore()).contains(NOW.plusSeconds(7));
    }

    @Test
    void aSecretThatIsNotTakenParksTheConnection() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        assertParked(partner((account, name) -> wrongSecret(), clock, CALL).deliver(connection(), batch));
        assertThat(peopleIn(audience(1))).isZero();
    }

    @Test
    void aSecretOfAnotherFormParksTheConnectionAndDoesNotShow() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        int before = server().calls().size();
        for (String text : List.of("hush", "{}", "{\"hush\":\"hush\"}", "[\"hush\"]", "")) {
            assertParked(
                    partner((account, name) -> new Secret(text), clock, CALL).deliver(connection(), batch));
        }
        assertThat(server().calls()).hasSize(before);
    }

    @Test
    void aSecretThatIsMissingParksAndOneThatCannotBeReadNowWaits() {
        List<Delivery> batch = deliveries(2, "gold", Direction.ENTERED);
        Secrets none = (account, name) -> {
            throw new IllegalArgumentException("no secret " + name);
        };
        assertParked(partner(none, clock, CALL).deliver(connection(), batch));
        Secrets away = (account, name) -> {
            throw new UnreachableException("away", new IllegalStateException());
        };
        assertThat(partner(away, clock, CALL).deliver(connection(), batch).outcomes())
                .hasSize(2)
                .allMatch(Outcome.RetryLater.class::isInstance);
    }

    @Test
    void settingsThatAreNotKnownAreRefusedAndParkTheConnection() {
        Connection bad = connection(Map.of("nonsense", Value.of(true)));
        assertThat(partner().problem(bad)).contains("settings: nonsense is not known");
        assertParked(partner().deliver(bad, deliveries(1, "gold", Direction.ENTERED)));
        assertThat(partner().problem(connection())).isEmpty();
    }

    @Test
    void aConnectionWithoutASecretIsRefused() {
        Connection good = connection();
        var bad = new Connection(
                good.name(),
                good.partner(),
                good.audiences(),
                good.consent(),
                Optional.empty(),
                false,
                good.settings());
        assertThat(partner().problem(bad)).contains(partner().name() + " needs a secret");
        assertParked(partner().deliver(bad, deliveries(1, "gold", Direction.ENTERED)));
    }

    @Test
    void aDryRunTellsNobody() {
        Connection dry = connection(Map.of(dryRun(), Value.of(true)));
        assertThat(partner().problem(dry)).isEmpty();
        assertThat(partner()
                        .deliver(dry, deliveries(2, "gold", Direction.ENTERED))
                        .outcomes())
                .hasSize(2)
                .allMatch(Outcome.Skipped.class::isInstance);
        assertThat(peopleIn(audience(1))).isZero();
    }

    @Test
    void whatIsKeptOfAPersonIsTheSameEachTimeAndNotReadable() {
        String once = partner().recipient(connection(), person(1), shared(1)).orElseThrow();
        assertThat(partner().recipient(connection(), person(1), shared(1))).contains(once);
        assertThat(once.toLowerCase(Locale.ROOT))
                .doesNotContain("example.com")
                .doesNotContain("650253")
                .doesNotContain("miller");
    }

    @Test
    void nothingOfAPersonStandsInAReason() {
        server().next(Reply.json(
                400,
                "{\"error\":{\"message\":\"Person0@Example.com is bad\",\"code\":100,"
                        + "\"status\":\"INVALID_ARGUMENT\"},\"message\":\"user-0 is bad\"}"));
        for (Outcome outcome : tell(deliveries(2, "gold", Direction.ENTERED)).outcomes()) {
            assertThat(outcome.toString()).doesNotContain("Example").doesNotContain("user-0");
        }
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
