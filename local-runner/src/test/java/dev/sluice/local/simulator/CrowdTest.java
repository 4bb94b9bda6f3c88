package dev.sluice.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: equal seeds send equal bytes; other seeds others; a minute of traffic shows every kind of behaviour and
 * ends with somebody in each segment; no event is in the future but by a wrong clock.
 */
class CrowdTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void equalSeedsSendEqualBytes() {
        assertThat(bytes(shipments(7, 2_000))).isEqualTo(bytes(shipments(7, 2_000)));
    }

    @Test
    void otherSeedsSendOtherBytes() {
        assertThat(bytes(shipments(7, 50))).isNotEqualTo(bytes(shipments(8, 50)));
    }

    @Test
    void everyKindOfBehaviourIsSeen() {
        List<Shipment> shipments = shipments(1, 6_000);
        assertThat(shipments).extracting(Shipment::repeat).contains(Shipment.Repeat.values());
        assertThat(shipments).extracting(Shipment::endpoint).contains(Shipment.Endpoint.values());
        assertThat(shipments)
                .anyMatch(Shipment::gzip)
                .anyMatch(Shipment::keyInBody)
                .anyMatch(s -> !s.saysSentAt());
        assertThat(shipments)
                .anyMatch(s -> s.clockError().isNegative())
                .anyMatch(s -> s.clockError().isPositive());
        List<ClientEvent> events =
                shipments.stream().flatMap(s -> s.events().stream()).toList();
        assertThat(events).extracting(ClientEvent::timeField).contains(ClientEvent.TimeField.values());
        assertThat(events)
                .anyMatch(e -> e.clientTime() == null)
                .anyMatch(e -> e.person().userId() == null);
        Set<Action.Flaw> flaws = new HashSet<>();
        events.forEach(e -> {
            if (e.action() instanceof Action.Broken(Action.Flaw flaw)) {
                flaws.add(flaw);
            }
        });
        assertThat(flaws).containsExactlyInAnyOrder(Action.Flaw.values());
        Set<String> ids = new HashSet<>();
        assertThat(events).as("an old event inside another batch").anyMatch(e -> !ids.add(e.id()));
    }

    @Test
    void aBacklogReachesBackWeeksAndNothingLiesInTheFuture() {
        List<ClientEvent> events = shipments(1, 3_000).stream()
                .filter(s -> s.clockError().isZero())
                .flatMap(s -> s.events().stream())
                .toList();
        Instant end = START.plusSeconds(60);
        assertThat(events)
                .allMatch(e -> e.clientTime() == null || !e.clientTime().isAfter(end));
        assertThat(events)
                .anyMatch(e -> e.clientTime() != null && e.clientTime().isBefore(START.minus(Duration.ofDays(30))));
    }

    @Test
    void aMinuteOfTrafficPutsSomebodyIntoEverySegment() {
        var entries = new TreeMap<String, LedgerEntry>();
        var rows = new TreeMap<String, RowChange>();
        for (Shipment shipment : shipments(1, 6_000)) {
            UserProfileRow row = shipment.player().row();
            if (row != null) {
                rows.put(row.userId(), new RowChange(row, new RowStamp(1, START.minus(Duration.ofDays(40)))));
            }
            Instant sentAt = START.plusSeconds(60).plus(shipment.clockError());
            for (ClientEvent event : shipment.events()) {
                if (!event.isBroken()) {
                    entries.put(event.id(), LedgerEntry.first(event, 0).accepted(START.plusSeconds(60), sentAt));
                }
            }
        }
        Truth truth = Truth.of("demo", entries.values(), rows.values(), Set.of(), Instant.MIN);
        Set<String> seen = new HashSet<>();
        truth.memberships().values().forEach(since -> seen.addAll(since.keySet()));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Segments.ALL);
    }

    @Test
    void nobodySendsMoreThanTheStreamKeeps() {
        var perPerson = new TreeMap<String, Set<String>>();
        for (Shipment shipment : shipments(3, 60_000)) {
            shipment.events()
                    .forEach(event -> perPerson
                            .computeIfAbsent(event.person().name(), name -> new HashSet<>())
                            .add(event.id()));
        }
        assertThat(perPerson.values()).extracting(Set::size).allMatch(size -> size < 450);
        assertThat(perPerson.keySet()).as("newcomers").contains("player-000301");
    }

    private static List<Shipment> shipments(long seed, int count) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        SimulatorSettings usual = SimulatorSettings.usual(300, 100, seed, nowhere);
        var settings = new SimulatorSettings(
                usual.players(),
                usual.eventsPerSecond(),
                seed,
                Clock.fixed(START, ZoneOffset.UTC),
                nowhere,
                usual.account(),
                usual.writeKey(),
                usual.backlogAge(),
                usual.requestTimeout(),
                usual.maxInFlight(),
                usual.maxPending(),
                usual.maxEvents(),
                usual.maxAttempts());
        var crowd = new Crowd(settings);
        var shipments = new ArrayList<Shipment>();
        for (int i = 0; i < count; i++) {
            shipments.add(crowd.next(START.plusMillis(60_000L * i / count)));
        }
        return shipments;
    }

    private static List<String> bytes(List<Shipment> shipments) {
        return shipments.stream()
                .map(s -> s.endpoint() + " " + s.repeat() + " "
                        + new String(RequestBody.write(s, START.plus(s.clockError()), "key"), StandardCharsets.UTF_8))
                .toList();
    }
}
