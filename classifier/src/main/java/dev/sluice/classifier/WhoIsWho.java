package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the events of a classification say of who is who, made durable before anything is folded. Of what is settled it knows
 * enough to ask nobody. Thread-safe.
 */
final class WhoIsWho {
    private final Stores stores;
    private final Tally tally;
    private final Function<String, IdentityPolicy> policies;
    private final Linking linking;
    private final KnownPairs known = new KnownPairs();

    /** @param policies of each account */
    WhoIsWho(Stores stores, Tally tally, Function<String, IdentityPolicy> policies) {
        this.stores = stores;
        this.tally = tally;
        this.policies = policies;
        this.linking = new Linking(stores, tally, policies);
    }

    /** What an event claims that is not settled yet. */
    List<Claim> claims(Event event) {
        Claims.Found found = Claims.of(event, policies.apply(event.key().account()));
        tally.add(Tally.Count.LINKS_OF_BLOCKED_IDS, found.blocked());
        return found.claims().isEmpty()
                ? List.of()
                : known.unknown(found.claims(), stores.clock().instant());
    }

    /** The same people, each with the names that its events gave it; without those of whom it could not be found out. */
    List<Arrivals> named(List<Arrivals> people, BooleanSupplier late) {
        List<Claim> claims = new ArrayList<>();
        people.forEach(arrivals -> claims.addAll(arrivals.claims()));
        if (claims.isEmpty()) {
            return people;
        }
        var outcomes = linking.link(claims, late);
        Map<PersonKey, PersonKey> linked = new TreeMap<>();
        outcomes.values().forEach(outcome -> {
            if (outcome instanceof Linking.Linked(var name, var person)) {
                linked.put(name, person);
            }
        });
        List<Arrivals> named = new ArrayList<>();
        for (Arrivals arrivals : people) {
            Map<PersonKey, PersonKey> names = new TreeMap<>();
            Optional.ofNullable(linked.get(arrivals.key())).ifPresent(person -> names.put(arrivals.key(), person));
            boolean later = false;
            for (Claim claim : arrivals.claims()) {
                switch (outcomes.getOrDefault(claim.pair(), new Linking.Later())) {
                    case Linking.Linked(var name, var person) -> names.put(name, person);
                    case Linking.Refused() -> {}
                    case Linking.Later() -> later = true;
                }
            }
            if (!later) {
                named.add(arrivals.withNames(names));
            }
        }
        return named;
    }

    /** These are done, and with them what they claimed. */
    void settle(List<Arrivals> done) {
        Set<Claim.Pair> pairs = new LinkedHashSet<>();
        done.forEach(arrivals -> arrivals.claims().forEach(claim -> pairs.add(claim.pair())));
        if (!pairs.isEmpty()) {
            known.add(pairs, stores.clock().instant());
        }
    }
}
