package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The names that go by a person, and how one is parted from the person again. Thread-safe.
 *
 * <p><b>Parting</b> undoes a merge, within what is kept: first it is durable that the name goes by the person no more, and
 * that no event makes it do so again. Then the events that came under the name, or under one of its own names, are put back
 * into its state; then they go from the person's; then both profiles are brought to what the states say. A repeat does what
 * is left to do, whoever died in between. What was settled of the name before the merge is still its own; what was settled
 * after it stays with the person.
 */
public final class Names {
    /** Names of one person that are looked at, names of names included. */
    static final int MOST = 1_000;

    private static final int MAX_ATTEMPTS = 5;

    private final RunningRules rules;
    private final Stores stores;
    private final Attempts attempts;
    private final TimeLimit timeLimit;

    /** @param timeLimit of one request */
    public Names(RunningRules rules, Stores stores, Tally tally, TimeLimit timeLimit) {
        this.rules = rules;
        this.stores = stores;
        this.attempts = new Attempts(stores, tally);
        this.timeLimit = timeLimit;
    }

    /** All names that go by a person, directly or by another name: each with what is known of it, in order. */
    public Answer<List<Identity>> of(PersonKey person) {
        Map<PersonKey, Identity> found = new TreeMap<>();
        List<PersonKey> parents = List.of(person);
        Answer<Map<PersonKey, Identity>> next = read(parents);
        for (int depth = 0; depth <= 2 * Linking.MAX_CHAIN && found.size() < MOST; depth++) {
            if (!(next instanceof Answer.Found<Map<PersonKey, Identity>>(var read))) {
                return without(next);
            }
            if (depth > 0) {
                Set<PersonKey> above = Set.copyOf(parents);
                parents = read.values().stream()
                        .filter(name -> name.goesBy().filter(above::contains).isPresent())
                        .map(Identity::name)
                        .filter(name -> !found.containsKey(name))
                        .toList();
                parents.forEach(name -> found.put(name, read.getOrDefault(name, Identity.unknown(name))));
            }
            Set<PersonKey> now = Set.copyOf(parents);
            List<PersonKey> below = read.values().stream()
                    .filter(each -> now.contains(each.name()))
                    .flatMap(each -> each.names().stream())
                    .distinct()
                    .toList();
            if (below.isEmpty()) {
                break;
            }
            next = read(below);
        }
        return new Answer.Found<>(List.copyOf(found.values()));
    }

    private static <T> Answer<T> without(Answer<?> answer) {
        return answer instanceof Answer.Unreadable<?>(var reason)
                ? new Answer.Unreadable<>(reason)
                : new Answer.Unreachable<>(answer instanceof Answer.Unreachable<?>(var reason) ? reason : "no answer");
    }

    private Answer<Map<PersonKey, Identity>> read(List<PersonKey> names) {
        Map<PersonKey, Identity> found = new LinkedHashMap<>();
        for (var answer : stores.identities().read(names).entrySet()) {
            if (!(answer.getValue() instanceof Answer.Found<Identity>(var identity))) {
                return without(answer.getValue());
            }
            found.put(answer.getKey(), identity);
        }
        return new Answer.Found<>(found);
    }

    /** Whether a name was parted from a person; not if it never went by that person directly. */
    public Answer<Boolean> part(PersonKey person, PersonKey name) {
        BooleanSupplier late = timeLimit.begin();
        if (!(rules.of(person.account()) instanceof RunningRules.Running running)) {
            return new Answer.Unreachable<>("the account's rules are not known");
        }
        for (int i = 0; i < MAX_ATTEMPTS && !late.getAsBoolean(); i++) {
            Answer<Optional<Boolean>> parted = attempt(running, person, name, late);
            if (!(parted instanceof Answer.Found<Optional<Boolean>>(var done))) {
                return without(parted);
            }
            if (done.isPresent()) {
                return new Answer.Found<>(done.get());
            }
        }
        return new Answer.Unreachable<>("others write at the same time");
    }

    /** Empty if someone else wrote in between. */
    private Answer<Optional<Boolean>> attempt(
            RunningRules.Running running, PersonKey person, PersonKey name, BooleanSupplier late) {
        if (!(read(List.of(person, name)) instanceof Answer.Found<Map<PersonKey, Identity>>(var read))) {
            return new Answer.Unreachable<>("names cannot be read");
        }
        Identity above = read.getOrDefault(person, Identity.unknown(person));
        Identity below = read.getOrDefault(name, Identity.unknown(name));
        boolean goesBy = below.goesBy().filter(person::equals).isPresent();
        if (!goesBy && !below.parted().contains(person)) {
            return new Answer.Found<>(Optional.of(false));
        }
        if (goesBy && write(below.partedFrom(person, token())) != WriteResult.WRITTEN) {
            return new Answer.Found<>(Optional.empty());
        }
        if (above.names().contains(name) && write(above.without(name, token())) != WriteResult.WRITTEN) {
            return new Answer.Found<>(Optional.empty());
        }
        return moveBack(running, person, name, late);
    }

    private WriteResult write(Identity identity) {
        return stores.identities().write(List.of(identity)).getOrDefault(identity.name(), WriteResult.UNREACHABLE);
    }

    private String token() {
        return stores.writerTokens().get();
    }

    /** Puts the name's events back into its own state, then takes them from the person's. */
    private Answer<Optional<Boolean>> moveBack(
            RunningRules.Running running, PersonKey person, PersonKey name, BooleanSupplier late) {
        if (!(last(person) instanceof Answer.Found<PersonKey>(var holder))
                || !(of(name) instanceof Answer.Found<List<Identity>>(var names))) {
            return new Answer.Unreachable<>("names cannot be read");
        }
        var states = stores.states().read(List.of(holder, name));
        if (!(states.get(holder) instanceof Answer.Found<UserState>(var from))
                || !(states.get(name) instanceof Answer.Found<UserState>(var to))) {
            return new Answer.Unreachable<>("states cannot be read");
        }
        Set<String> senders = names.stream().map(each -> each.name().person()).collect(Collectors.toSet());
        senders.add(name.person());
        Map<Boolean, List<Occurrence>> bySender = from.recent().events().stream()
                .collect(Collectors.partitioningBy(
                        event -> event.sentBy().filter(senders::contains).isPresent()));
        List<Occurrence> back = bySender.getOrDefault(true, List.of());
        Instant now = stores.clock().instant();
        Map<String, Occurrence> own = new LinkedHashMap<>();
        back.forEach(event -> own.put(event.id(), event));
        to.recent().events().forEach(event -> own.put(event.id(), event));
        boolean returns = to.goesBy().isPresent() || !back.isEmpty();
        if (returns && !keep(to, running.fold().only(to, own.values(), now))) {
            return new Answer.Found<>(Optional.empty());
        }
        if (!back.isEmpty() && !keep(from, running.fold().only(from, bySender.getOrDefault(false, List.of()), now))) {
            return new Answer.Found<>(Optional.empty());
        }
        return bringProfiles(running, List.of(name, holder), late);
    }

    private boolean keep(UserState state, Recent recent) {
        return stores.states()
                        .keep(List.of(new UserStates.Change(state.key(), state.revision(), recent)))
                        .get(state.key())
                == WriteResult.WRITTEN;
    }

    private Answer<Optional<Boolean>> bringProfiles(
            RunningRules.Running running, List<PersonKey> people, BooleanSupplier late) {
        var look = new Look(Optional.of(stores.clock().instant()), true, Optional.empty());
        List<Arrivals> looks = new ArrayList<>();
        people.forEach(key -> looks.add(Arrivals.looking(key, running, look).foldedAs(Cause.Kind.MERGE)));
        boolean done =
                attempts.at(looks, late).values().stream().allMatch(result -> result.verdict() instanceof Verdict.Done);
        return done
                ? new Answer.Found<>(Optional.of(true))
                : new Answer.Unreachable<>("the profiles could not be written; to be asked again");
    }

    /** The person by whom a person goes in the end. */
    private Answer<PersonKey> last(PersonKey person) {
        PersonKey last = person;
        for (int i = 0; i < 2 * Linking.MAX_CHAIN; i++) {
            if (!(read(List.of(last)) instanceof Answer.Found<Map<PersonKey, Identity>>(var read))) {
                return new Answer.Unreachable<>("names cannot be read");
            }
            Optional<PersonKey> next = Optional.ofNullable(read.get(last)).flatMap(Identity::goesBy);
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
        }
        return new Answer.Found<>(last);
    }
}
