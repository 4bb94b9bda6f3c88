package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes names go by people, durably. Thread-safe.
 *
 * <p><b>What is refused.</b> A name that goes by somebody stays with them; who were parted by hand stay parted; a person
 * has a bounded number of names of a kind, and chains of names a bounded length. A refusal is final for the event and
 * fails nothing.
 *
 * <p><b>Why there are no circles, and the bound holds.</b> Two items are written for a link: first the person's, which puts
 * the name down, then the name's own, which makes it go by the person; and if the person goes by another, the last of that
 * chain in between. Each write is conditional on the version read. A circle would need each of several links to have
 * read its name before another one put something down there, and to write after: one of them meets a conflict,
 * reads again, and sees the others' chain. Who dies in between leaves a name put down that goes nowhere; it takes a place
 * of the person's until the same event comes again, and nobody is merged by it.
 */
final class Linking {
    /** Links one behind the other: anonymous id, device, user id, and user ids that became others. */
    static final int MAX_CHAIN = 5;

    private static final int MAX_ATTEMPTS = 5;

    private final Stores stores;
    private final Tally tally;
    private final Function<String, IdentityPolicy> policies;

    /** @param policies of each account */
    Linking(Stores stores, Tally tally, Function<String, IdentityPolicy> policies) {
        this.stores = stores;
        this.tally = tally;
        this.policies = policies;
    }

    /** What became of a claim. */
    sealed interface Outcome {}

    /**
     * A name goes by a person, now or before.
     *
     * @param name the claim's, or, of one that may be taken either way, its person
     */
    record Linked(PersonKey name, PersonKey person) implements Outcome {}

    /** The two stay who they are. */
    record Refused() implements Outcome {}

    /** A store was not reached, or the time was over. */
    record Later() implements Outcome {}

    /** Exactly one outcome for each pair. What has nothing to do with each other is written at once. */
    Map<Claim.Pair, Outcome> link(List<Claim> claims, BooleanSupplier late) {
        var pending = new Pending(claims);
        while (!pending.claims.isEmpty()) {
            if (late.getAsBoolean()) {
                pending.claims.keySet().forEach(pair -> pending.outcomes.put(pair, new Later()));
                break;
            }
            pending.wave();
        }
        return pending.outcomes;
    }

    /** What a claim comes to, as far as is known. */
    private sealed interface Plan {}

    /** Nothing is to be written. */
    private record Settled(Outcome outcome) implements Plan {}

    /**
     * A link that is to be made.
     *
     * @param writes one after the other, of different names
     */
    private record Link(Claim.Pair pair, Linked linked, List<Identity> writes) implements Plan {
        List<PersonKey> names() {
            return writes.stream().map(Identity::name).toList();
        }
    }

    /** The claims of one call, in waves of links that touch different names. */
    private final class Pending {
        private final Map<Claim.Pair, Claim> claims = new LinkedHashMap<>();
        private final Map<Claim.Pair, Outcome> outcomes = new LinkedHashMap<>();
        private final Map<Claim.Pair, Integer> conflicts = new HashMap<>();
        private final View view = new View();

        Pending(List<Claim> all) {
            all.forEach(claim -> claims.putIfAbsent(claim.pair(), claim));
        }

        void wave() {
            view.read(claims.keySet().stream()
                    .flatMap(pair -> Stream.of(pair.name(), pair.person()))
                    .toList());
            List<Link> links = new ArrayList<>();
            Set<PersonKey> touched = new HashSet<>();
            for (Claim claim : List.copyOf(claims.values())) {
                switch (plan(claim, view)) {
                    case Settled(var outcome) -> conclude(claim.pair(), outcome);
                    case Link link -> {
                        if (links.size() < Classifier.PEOPLE_AT_ONCE && Collections.disjoint(touched, link.names())) {
                            touched.addAll(link.names());
                            links.add(link);
                        }
                    }
                }
            }
            write(links);
        }

        private void conclude(Claim.Pair pair, Outcome outcome) {
            claims.remove(pair);
            outcomes.put(pair, outcome);
        }

        private void write(List<Link> links) {
            List<Link> going = links;
            for (int step = 0; !going.isEmpty(); step++) {
                List<Link> next = new ArrayList<>();
                Map<PersonKey, WriteResult> results = stores.identities().write(step(going, step));
                for (Link link : going) {
                    Identity written = link.writes().get(step);
                    switch (results.getOrDefault(written.name(), WriteResult.UNREACHABLE)) {
                        case WRITTEN -> {
                            view.known.put(written.name(), written);
                            if (step + 1 < link.writes().size()) {
                                next.add(link);
                            } else {
                                tally.add(Tally.Count.LINKS, 1);
                                conclude(link.pair(), link.linked());
                            }
                        }
                        case CONFLICT -> {
                            view.known.clear();
                            if (conflicts.merge(link.pair(), 1, Integer::sum) >= MAX_ATTEMPTS) {
                                conclude(link.pair(), new Later());
                            }
                        }
                        case UNREACHABLE -> {
                            view.known.clear();
                            conclude(link.pair(), new Later());
                        }
                    }
                }
                going = next;
            }
        }

        private static List<Identity> step(List<Link> links, int step) {
            return links.stream().map(link -> link.writes().get(step)).toList();
        }
    }

    private Plan plan(Claim claim, View view) {
        Optional<Chain> name = view.chain(claim.name());
        Optional<Chain> person = view.chain(claim.person());
        if (name.isEmpty() || person.isEmpty()) {
            return new Settled(new Later());
        }
        Identity first = name.get().first();
        if (name.get().goesBy(claim.person())) {
            return linked(first);
        }
        if (first.goesBy().isEmpty()) {
            return link(claim, name.get(), person.get());
        }
        if (claim.eitherWay() && person.get().first().goesBy().isEmpty()) {
            return link(claim, person.get(), name.get());
        }
        boolean same = name.get().last().name().equals(person.get().last().name());
        return same ? new Settled(new Refused()) : refused(Tally.Count.LINKS_OF_TAKEN_NAMES);
    }

    private Plan link(Claim claim, Chain name, Chain person) {
        Identity from = name.first();
        Identity to = person.first();
        Identity last = person.last();
        if (last.name().equals(from.name())) {
            return claim.eitherWay() && to.goesBy().isPresent() ? linked(to) : new Settled(new Refused());
        }
        if (from.parted().contains(to.name())) {
            return refused(Tally.Count.LINKS_OF_PARTED);
        }
        String kind = from.name().kind();
        IdentityPolicy policy = policies.apply(from.name().account());
        boolean full = !to.names().contains(from.name()) && to.count(kind) >= policy.limit(kind);
        if (full || from.below() + 1 + person.length() > MAX_CHAIN) {
            return refused(Tally.Count.LINKS_TOO_MANY);
        }
        List<Identity> writes = new ArrayList<>();
        writes.add(to.with(from.name(), from.below(), token()));
        if (!to.equals(last)) {
            writes.add(last.above(from.below() + 1 + person.length(), token()));
        }
        var event = claim.event();
        writes.add(from.goingBy(to.name(), event.id(), event.receivedAt(), token()));
        return new Link(claim.pair(), new Linked(from.name(), to.name()), writes);
    }

    private static Settled linked(Identity name) {
        return new Settled(new Linked(name.name(), name.goesBy().orElse(name.name())));
    }

    private Settled refused(Tally.Count why) {
        tally.add(why, 1);
        return new Settled(new Refused());
    }

    private String token() {
        return stores.writerTokens().get();
    }

    /** From a name to the person by whom it goes in the end. */
    private record Chain(List<Identity> identities) {
        Identity first() {
            return identities.getFirst();
        }

        Identity last() {
            return identities.getLast();
        }

        /** In links. */
        int length() {
            return identities.size() - 1;
        }

        boolean goesBy(PersonKey person) {
            return identities.stream().skip(1).anyMatch(each -> each.name().equals(person));
        }
    }

    /** What has been read and written in one call. */
    private final class View {
        private final Map<PersonKey, Identity> known = new HashMap<>();

        void read(List<PersonKey> names) {
            Set<PersonKey> unknown = new LinkedHashSet<>(names);
            unknown.removeAll(known.keySet());
            List<PersonKey> asked = List.copyOf(unknown);
            for (int i = 0; i < asked.size(); i += Classifier.PEOPLE_AT_ONCE) {
                List<PersonKey> some = asked.subList(i, Math.min(asked.size(), i + Classifier.PEOPLE_AT_ONCE));
                stores.identities().read(some).forEach((name, answer) -> {
                    if (answer instanceof Answer.Found<Identity>(var identity)) {
                        known.put(name, identity);
                    }
                });
            }
        }

        /** Empty if some part of it cannot be read. */
        Optional<Chain> chain(PersonKey name) {
            List<Identity> chain = new ArrayList<>();
            Optional<PersonKey> next = Optional.of(name);
            while (next.isPresent() && chain.size() <= 2 * MAX_CHAIN) {
                read(List.of(next.get()));
                Identity identity = known.get(next.get());
                if (identity == null) {
                    return Optional.empty();
                }
                chain.add(identity);
                next = identity.goesBy();
            }
            return Optional.of(new Chain(chain));
        }
    }
}
