package dev.sluice.activators.messages;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** People in a ledger, a channel that keeps what it is given, and a flow with room: what sendings by hand are tried with. */
public final class SendingWorld {
    static final Connection CAMPAIGN = new Connection(
            "offers",
            "test",
            Optional.of(Map.of("gold", "gold")),
            new Consent(Consent.Policy.ALL, List.of("push")),
            Optional.empty(),
            false,
            Messages.fields(
                    "{\"project\":\"game\",\"triggered\":false,\"ttl\":\"PT20H\",\"template\":{\"title\":\"Hi\"},"
                            + "\"quietHours\":{\"from\":\"22:00\",\"to\":\"08:00\",\"zone\":\"UTC\"}}"));

    final TestChannel channel = new TestChannel(false);
    final MemoryMessageLog log = new MemoryMessageLog();
    final MemorySendings sendings = new MemorySendings();
    final HandClock clock = new HandClock(Messages.NOW);
    final List<Flow.Report> reports = new ArrayList<>();
    final MessagePartner partner = new MessagePartner(channel, log, clock);
    private final TreeMap<LedgerKey, LedgerEntry> people = new TreeMap<>();
    private final Ledger ledger = new Pages();
    volatile Optional<Connection> published = Optional.of(CAMPAIGN);
    /** What happens whenever leave to send is asked for, after a page was read and before it is granted. */
    volatile Runnable meanwhile = () -> {};

    int pages;
    int pagesThatWork = Integer.MAX_VALUE;
    int leaves;

    /** The campaign's connection. */
    public static Connection campaign() {
        return CAMPAIGN;
    }

    /** What a sending works with. */
    public Sending.Ports ports() {
        return new Sending.Ports(ledger, partner, () -> published, new Room(), sendings, clock, clock::pass);
    }

    /** Ids of what was sent. */
    public List<String> sent() {
        synchronized (channel) {
            return channel.sent.stream()
                    .map(message -> message.target().person().person())
                    .toList();
        }
    }

    /** Somebody who is in the segment. */
    public void add(String person, String zone) {
        add(
                person,
                "{\"push\":true}",
                "{\"v\":1,\"to\":[\"" + person + "\"],\"zone\":\"" + zone + "\",\"unsubscribed\":[],\"values\":{}}",
                true);
    }

    void add(String person, String consents, String recipient, boolean in) {
        put(person, consents, recipient, in, false);
    }

    /** Whatever the segment was told last of somebody who is erased by now. */
    void erase(String person) {
        put(person, "{\"push\":true}", "{\"v\":1,\"to\":[\"x\"],\"unsubscribed\":[],\"values\":{}}", true, true);
    }

    void forget(String person) {
        people.remove(new LedgerKey("offers", new PersonKey("demo", person)));
    }

    private void put(String person, String consents, String recipient, boolean in, boolean erased) {
        var key = new LedgerKey("offers", new PersonKey("demo", person));
        SegmentChange.Direction direction = in ? SegmentChange.Direction.ENTERED : SegmentChange.Direction.LEFT;
        var cause = new Cause(Cause.Kind.EVENT, "e1", Messages.NOW, Optional.empty());
        var wanted = new LedgerLine.Wanted(direction, 3, Instant.parse("2026-01-01T00:00:00Z"), 1, cause);
        Value.Fields given = Messages.fields(consents);
        var lines = new TreeMap<>(Map.of("gold", new LedgerLine(wanted, List.of(), Optional.empty())));
        people.put(
                key,
                new LedgerEntry(
                        key,
                        1,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        3,
                        Optional.of(recipient).filter(text -> !text.isEmpty()),
                        given,
                        erased,
                        Optional.empty(),
                        lines,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private final class Pages implements Ledger {
        @Override
        public synchronized Page page(String account, String connection, int slot, Optional<String> after, int limit) {
            if (++pages > pagesThatWork) {
                throw new UnreachableException("the ledger is away", new IllegalStateException());
            }
            List<Kept> found = people.values().stream()
                    .filter(entry -> entry.key().account().equals(account)
                            && entry.key().connection().equals(connection)
                            && entry.key().slot() == slot
                            && after.map(last -> entry.key().person().person().compareTo(last) > 0)
                                    .orElse(true))
                    .map(entry -> new Kept(entry, 1))
                    // Small pages, whatever is asked for.
                    .limit(2)
                    .toList();
            return new Page(
                    found,
                    found.size() < 2
                            ? Optional.empty()
                            : Optional.of(found.getLast().entry().key().person().person()));
        }

        @Override
        public synchronized Map<LedgerKey, Kept> read(Collection<LedgerKey> keys) {
            Map<LedgerKey, Kept> found = new HashMap<>();
            keys.forEach(key ->
                    Optional.ofNullable(people.get(key)).ifPresent(entry -> found.put(key, new Kept(entry, 1))));
            return found;
        }

        @Override
        public Map<LedgerKey, Optional<Kept>> write(Collection<Write> writes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LedgerKey> due(String account, String connection, int group, Instant now, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Backlog backlog(String account, String connection, int atMost) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Room implements Flow {
        @Override
        public Permit permit(Id connection, PartnerLimits limits, int calls, Instant ready, Instant until) {
            synchronized (reports) {
                leaves++;
            }
            meanwhile.run();
            return new Permit(calls, clock.instant(), Duration.ZERO, List.of());
        }

        @Override
        public void report(Id connection, PartnerLimits limits, Report report) {
            synchronized (reports) {
                reports.add(report);
            }
        }

        @Override
        public boolean isSlow(Id connection) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Standing standing(Id connection, PartnerLimits limits) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean resume(Id connection, String audience) {
            throw new UnsupportedOperationException();
        }
    }
}
