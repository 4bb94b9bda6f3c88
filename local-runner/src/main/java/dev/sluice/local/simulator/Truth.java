package dev.sluice.local.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be so after a run: which events count, and who is in which segment since when.
 *
 * <p>People are named {@code account/person}, as the profiles table names them. Someone who is in no segment has an
 * empty map. Immutable.
 *
 * @param memberships person → segment → since, for everyone with an accepted event or a row, whose truth is known
 * @param acceptedIds the ids of all events that the tracker said it keeps
 * @param refusedIds the ids of broken events that the tracker rightly refused
 * @param uncertainEvents events without a definite answer at the end; it is not known whether they count
 * @param uncertainPeople people left out of {@code memberships}, because some event of theirs is uncertain or has a
 *     time that depends on a receipt that nobody told the client
 * @param account whose people these are
 */
public record Truth(
        String account,
        SortedMap<String, SortedMap<String, Instant>> memberships,
        Set<String> acceptedIds,
        Set<String> refusedIds,
        int uncertainEvents,
        Set<String> uncertainPeople) {

    /**
     * Folds what the ledger holds and what was written to the user table, and the time up to a moment.
     *
     * @param uncertainRows user ids of whose rows it is not known what was written
     */
    static Truth of(
            String account,
            Iterable<LedgerEntry> entries,
            Iterable<RowChange> rows,
            Collection<String> uncertainRows,
            Instant asOf) {
        var gathered = new Gathered();
        entries.forEach(gathered::add);
        rows.forEach(gathered::add);
        gathered.uncertainPeople.addAll(uncertainRows);
        gathered.join();
        var memberships = new TreeMap<String, SortedMap<String, Instant>>();
        gathered.arrivals.forEach((person, arrivals) -> {
            if (!gathered.uncertainPeople.contains(person)) {
                memberships.put(
                        account + "/" + person,
                        Memberships.fold(arrivals, gathered.rows.getOrDefault(person, List.of()), asOf));
            }
        });
        return new Truth(
                account,
                memberships,
                Set.copyOf(gathered.acceptedIds),
                Set.copyOf(gathered.refusedIds),
                gathered.uncertainEvents,
                Set.copyOf(gathered.uncertainPeople.stream()
                        .map(person -> account + "/" + person)
                        .toList()));
    }

    /** The same, but of people whose truth is another at a later moment: it is not known at which of the two they were seen. */
    public Truth unlessItChangedBy(Truth later) {
        var certain = new TreeMap<>(memberships);
        var uncertain = new HashSet<>(uncertainPeople);
        memberships.forEach((person, segments) -> {
            if (!segments.equals(later.memberships.get(person))) {
                certain.remove(person);
                uncertain.add(person);
            }
        });
        return new Truth(account, certain, acceptedIds, refusedIds, uncertainEvents, uncertain);
    }

    private static final class Gathered {
        private final Map<String, List<Arrival>> arrivals = new HashMap<>();
        private final Map<String, List<RowChange>> rows = new HashMap<>();
        private final List<String> acceptedIds = new ArrayList<>();
        private final List<String> refusedIds = new ArrayList<>();
        private final Set<String> uncertainPeople = new HashSet<>();
        /** Anonymous names by the user by whom they go: some event that the rules need, or an identify, told both ids. */
        private final Map<String, String> users = new HashMap<>();

        private int uncertainEvents;

        /** Of which it is not known whether they were told. */
        private final Map<String, String> perhaps = new HashMap<>();

        /** What was done anonymously counts for the user; the anonymous person is nowhere. */
        void join() {
            perhaps.keySet().removeAll(users.keySet());
            perhaps.keySet().stream().filter(arrivals::containsKey).forEach(uncertainPeople::add);
            users.forEach((anonymous, user) -> {
                List<Arrival> before = arrivals.replace(anonymous, new ArrayList<>());
                if (before != null) {
                    arrivals.computeIfAbsent(user, someone -> new ArrayList<>()).addAll(before);
                    if (uncertainPeople.contains(anonymous) || uncertainPeople.contains(user)) {
                        uncertainPeople.addAll(List.of(anonymous, user));
                    }
                }
            });
        }

        private static void addLink(Map<String, String> links, ClientEvent event) {
            String user = event.person().userId();
            String anonymous = event.person().anonymousId();
            if (user != null && anonymous != null && History.isKept(event.action())) {
                links.putIfAbsent(new Person(null, anonymous).name(), user);
            }
        }

        void add(RowChange change) {
            String person = change.row().userId();
            arrivals.computeIfAbsent(person, someone -> new ArrayList<>());
            rows.computeIfAbsent(person, someone -> new ArrayList<>()).add(change);
        }

        void add(LedgerEntry entry) {
            String person = entry.event().person().name();
            switch (entry.standing()) {
                case ACCEPTED -> {
                    acceptedIds.add(entry.event().id());
                    addLink(users, entry.event());
                    arrivals.computeIfAbsent(person, someone -> new ArrayList<>())
                            .add(entry.arrival());
                    if (entry.timeIsUncertain()) {
                        uncertainPeople.add(person);
                    }
                }
                case REFUSED -> refusedIds.add(entry.event().id());
                case UNCERTAIN -> {
                    uncertainEvents++;
                    addLink(perhaps, entry.event());
                    uncertainPeople.add(person);
                }
            }
        }
    }
}
