package dev.sluice.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.EventType;
import dev.sluice.model.Identifier;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Verdict;
import dev.sluice.tracker.intake.Intake;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: the simulator's truth, which shares no code with the programs, is what the tracker's intake and the model's
 * fold make of the same requests, though events reach the fold shuffled, repeated and in pieces; and the tracker refuses
 * exactly what the simulator meant to be refused. So a run that fails has found a fault on the way between the two.
 */
final class SimulatorAgreesWithTheFoldTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ACCOUNT = "demo";
    private static final String KEY = "k";
    private static final int PLAYERS = 200;
    private static final int REQUESTS = 2_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Limits LIMITS = new Limits(512_000, 32_768, 2_500, 10);
    private final Intake intake = new Intake(
            FixedSources.of(List.of(KEY + "=" + ACCOUNT), LIMITS),
            LIMITS,
            new ClockCorrection(MINUTE, MINUTE),
            "node",
            () -> {
                throw new AssertionError("the simulator names every event");
            });
    private static final RuleSet RULES = starterRules();
    private static final RuleNeeds NEEDS = new RuleNeeds(RULES);

    private final Fold fold = new Fold(RULES, new RuleEvaluator(RULES));
    private final Ledger ledger = new Ledger();
    private final List<RowChange> rows = new ArrayList<>();
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<String, List<Event>> stored = new HashMap<>();
    /** Anonymous people by the user by whom they go. */
    private final Map<String, String> users = new HashMap<>();

    private Random random = new Random(0);

    private static RuleSet starterRules() {
        try (InputStream file = Objects.requireNonNull(
                SimulatorAgreesWithTheFoldTest.class.getResourceAsStream("/rules/mobile-game.json"))) {
            return new RuleSet(ACCOUNT, 1, RuleSetJson.readSegments(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void truthAndFoldComeToTheSame(long seed) {
        random = new Random(seed);
        send(new Crowd(settings(seed)));

        var traffic = ledger.traffic(0, 0, Duration.ZERO);
        assertThat(traffic.problems()).isEmpty();
        assertThat(traffic.rejected()).isPositive();
        Truth truth = Truth.of(ACCOUNT, ledger.entries(), rows, List.of(), Instant.MIN);
        SortedMap<String, SortedMap<String, Instant>> folded = new TreeMap<>();
        truth.memberships().keySet().forEach(person -> folded.put(person, foldOf(person)));
        assertThat(folded).isEqualTo(truth.memberships());
        assertThat(folded.values().stream().mapToInt(Map::size).sum()).isGreaterThan(PLAYERS);
    }

    private void send(Crowd crowd) {
        for (int request = 0; request < REQUESTS; request++) {
            Instant now = START.plusMillis(request * 20L);
            Shipment shipment = crowd.next(now);
            writeRow(shipment.player(), now);
            send(shipment, now, now.plusMillis(1 + random.nextInt(30)));
            if (shipment.repeat() != Shipment.Repeat.NEVER) {
                send(shipment, now, now.plusMillis(1 + random.nextInt(90_000)));
            }
        }
    }

    /** A row at the first request, and another at some later ones; the change is told twice. */
    private void writeRow(Player player, Instant now) {
        UserProfileRow row = player.row();
        if (row == null) {
            return;
        }
        int request = requests.merge(row.userId(), 1, Integer::sum);
        if (request > 1 && !player.newDeviceAtRequest().contains(request)) {
            return;
        }
        UserProfileRow written = row.withDeviceOs(request % 2 == 1 ? row.deviceOs() : "Windows");
        var change = new RowChange(written, new RowStamp(rows.size() + 1, now));
        rows.add(change);
        List<Event> events = stored.computeIfAbsent(ACCOUNT + "/" + row.userId(), person -> new ArrayList<>());
        events.add(event(change));
        events.add(event(change));
    }

    private static Event event(RowChange change) {
        Instant at = change.stamp().changedAt();
        return new Event(
                PersonKey.ofUser(ACCOUNT, change.row().userId()),
                change.eventId(),
                EventType.ofWord("user_profile").orElseThrow(),
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                Value.Fields.NONE.with("version", Value.of(change.stamp().version())),
                Value.Fields.NONE
                        .with("deviceOS", Value.of(change.row().deviceOs()))
                        .with("gender", Value.of(change.row().gender())));
    }

    private void send(Shipment shipment, Instant now, Instant received) {
        Instant sentAt = shipment.saysSentAt() ? now.plus(shipment.clockError()).truncatedTo(ChronoUnit.MILLIS) : null;
        Shipment.Endpoint endpoint = shipment.endpoint();
        Optional<EventType> single = endpoint.takesMany()
                ? Optional.empty()
                : EventType.ofWord(endpoint.path().substring("/v1/".length()));
        ledger.sending(shipment.events(), 0);
        Judgement judgement = intake.judge(
                new Envelope(single, Optional.of(KEY), received, ""), RequestBody.write(shipment, sentAt, null));
        ledger.answered(shipment.events(), answer(judgement, received), sentAt);
    }

    private Answer answer(Judgement judgement, Instant received) {
        return switch (judgement) {
            case Judgement.Judged judged -> new Answer.Kept(received, keep(judged.verdicts()));
            case Judgement.Unreadable(String account, var problem) -> new Answer.Refused(problem.code(), Map.of());
            case Judgement.UnknownWriteKey(), Judgement.SourcesUnread() -> throw new AssertionError("the key is known");
            case Judgement.TooMany(var wait) -> throw new AssertionError("the source has no rate");
        };
    }

    /** Stores what is valid; returns the codes of the rest by place. */
    private Map<Integer, String> keep(List<Verdict> verdicts) {
        Map<Integer, String> refused = new HashMap<>();
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case Verdict.Refused verdict -> refused.put(i, verdict.problem().code());
                case Verdict.Kept(var event) -> {
                    Event read = EventJson.read(event.line());
                    stored.computeIfAbsent(read.key().qualified(), person -> new ArrayList<>())
                            .add(read);
                    link(read);
                }
            }
        }
        return refused;
    }

    /** As the classifier reads who is who. */
    private void link(Event event) {
        boolean isLookedAt = event.type().joinsIds() || NEEDS.needs(event.type(), event.name());
        if (isLookedAt && event.key().kind().equals(Identifier.USER)) {
            event.identifiers().stream()
                    .filter(identifier -> identifier.kind().equals(Identifier.ANONYMOUS))
                    .map(identifier -> PersonKey.ofAnonymous(ACCOUNT, identifier.value()))
                    .forEach(name ->
                            users.putIfAbsent(name.qualified(), event.key().qualified()));
        }
    }

    private List<Event> eventsOf(String person) {
        if (users.containsKey(person)) {
            return new ArrayList<>();
        }
        List<Event> events = new ArrayList<>(stored.getOrDefault(person, List.of()));
        users.forEach((name, user) -> {
            if (user.equals(person)) {
                events.addAll(stored.getOrDefault(name, List.of()));
            }
        });
        return events;
    }

    /** Every copy of every event once, in any order, one to five at a time. */
    private SortedMap<String, Instant> foldOf(String person) {
        List<Event> events = eventsOf(person);
        var key = new PersonKey(ACCOUNT, person.substring(ACCOUNT.length() + 1));
        Collections.shuffle(events, random);
        Recent recent = Recent.NOTHING;
        for (int from = 0, to; from < events.size(); from = to) {
            to = Math.min(events.size(), from + 1 + random.nextInt(5));
            var state = new UserState(key, recent);
            Fold.Outcome outcome = fold.take(state, events.subList(from, to));
            assertThat(outcome.tooLate()).as(person).isZero();
            recent = outcome.recent();
        }
        SortedMap<String, Instant> since = new TreeMap<>();
        recent.head().memberships().forEach((segment, membership) -> since.put(segment, membership.since()));
        return since;
    }

    private static SimulatorSettings settings(long seed) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        var usual = SimulatorSettings.usual(PLAYERS, 200, seed, nowhere);
        return new SimulatorSettings(
                PLAYERS,
                usual.eventsPerSecond(),
                seed,
                Clock.fixed(START, ZoneOffset.UTC),
                nowhere,
                ACCOUNT,
                KEY,
                usual.backlogAge(),
                usual.requestTimeout(),
                usual.maxInFlight(),
                usual.maxPending(),
                usual.maxEvents(),
                usual.maxAttempts());
    }
}
