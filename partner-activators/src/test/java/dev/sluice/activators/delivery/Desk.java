package dev.sluice.activators.delivery;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Partner;
import dev.sluice.activators.People;
import dev.sluice.activators.Places;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.RetrySchedule;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.memory.MemoryFlow;
import dev.sluice.activators.memory.MemoryLedger;
import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.LineBatch;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.profile.SegmentChangeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Everything that tells partners, in memory, with a clock that is set by hand. Waiting lets the clock's time pass. */
final class Desk {
    final HandClock clock = new HandClock(People.AT.plusSeconds(1));
    final MemoryLedger ledger = new MemoryLedger();
    final MemoryFlow flow = new MemoryFlow(clock);
    final MemorySetAside setAside = new MemorySetAside();
    final List<Telling> tellings = new ArrayList<>();
    private final Places places;
    private final AtomicInteger tokens = new AtomicInteger();
    private final Served served = new Served() {
        @Override
        public List<Telling> of(String account) {
            return List.copyOf(tellings);
        }

        @Override
        public List<InAccount> all() {
            return tellings.stream()
                    .map(telling -> new InAccount("demo", telling))
                    .toList();
        }
    };

    Desk() {
        this(256);
    }

    /** @param places for calls under way */
    Desk(int places) {
        this.places = new Places(places);
    }

    /** One more connection. */
    Telling connect(Partner partner, String name) {
        return connect(new Telling(partner, KeepingPartner.connection(name)));
    }

    Telling connect(Telling telling) {
        tellings.add(telling);
        return telling;
    }

    Activations activate(ActivationBatch... records) {
        return activate(Duration.ofMinutes(1), records);
    }

    Activations activate(Duration time, ActivationBatch... records) {
        return new Activator("keeping", served, deliverer(), setAside)
                .activate(
                        List.of(records),
                        Budget.ofStream(clock.instant(), clock.instant().plus(time)));
    }

    Map<Flow.Id, Tally> tellDue() {
        return tellDue(1, Duration.ofSeconds(60));
    }

    /** @param time much more than they need if there are several lanes: whoever waits lets it pass for all */
    Map<Flow.Id, Tally> tellDue(int lanes, Duration time) {
        return new Retries(served, ledger, flow, deliverer(), clock, lanes)
                .tellDue(clock.instant().plus(time), List.of());
    }

    /** As the schedule does it, with connections that were removed, but by one lane of each. */
    Map<Flow.Id, Tally> tellDue(Removals removals) {
        var chance = new Activation.Chance(() -> "token-" + tokens.incrementAndGet(), new Random(7), clock::pass);
        return new Activation(served, removals, ledger, flow, places, setAside, clock, chance)
                .tellDue(clock.instant().plusSeconds(60), 1);
    }

    LedgerEntry entry(String connection, String person) {
        return ledger.entries().stream()
                .filter(entry -> entry.key().connection().equals(connection))
                .filter(entry -> entry.key().person().person().equals(person))
                .findFirst()
                .orElseThrow();
    }

    static Flow.Id id(String connection) {
        return new Flow.Id("demo", connection);
    }

    static Connection paused(Connection other) {
        return new Connection(
                other.name(),
                other.partner(),
                other.audiences(),
                other.consent(),
                other.secret(),
                true,
                other.settings());
    }

    /** A record of the activations stream. */
    static ActivationBatch batch(String sequenceNumber, ActivationLine... lines) {
        return new ActivationBatch(
                sequenceNumber,
                People.AT,
                LineBatch.encode(Stream.of(lines)
                        .map(line -> switch (line) {
                            case ProfileChange change -> ProfileChangeJson.write(change);
                            case ActivationLine.Single(var change) -> SegmentChangeJson.write(change);
                        })
                        .toList()));
    }

    private Deliverer deliverer() {
        var settler = new Settler(ledger, setAside, RetrySchedule.of(new Random(7)), clock);
        return new Deliverer(
                ledger,
                new Deliverer.Way(flow, places),
                settler,
                () -> "token-" + tokens.incrementAndGet(),
                clock,
                clock::pass);
    }

    /** A connection that asks for no consent. */
    static Connection open(String name) {
        var other = KeepingPartner.connection(name);
        return new Connection(
                name, other.partner(), other.audiences(), Consent.NONE, other.secret(), false, other.settings());
    }

    /** What was counted of the connection c1. */
    static Tally tally(Activations done) {
        return Objects.requireNonNull(done.tallies().get(id("c1")));
    }
}
