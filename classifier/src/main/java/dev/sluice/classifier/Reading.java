package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first steps of an attempt: what is kept of people, by whom they go, and whether something is lost. Used by one thread. */
final class Reading {
    private final Stores stores;
    private final Tally tally;
    private final Verdicts verdicts;
    private final LostNames lostNames;

    Reading(Stores stores, Tally tally, Verdicts verdicts) {
        this.stores = stores;
        this.tally = tally;
        this.verdicts = verdicts;
        this.lostNames = new LostNames(stores, tally, verdicts);
    }

    /** States of people, and of their names; without those whose verdict was noted. */
    List<Read> read(List<Arrivals> people) {
        Set<PersonKey> keys = new LinkedHashSet<>();
        people.forEach(arrivals -> keys.add(arrivals.key()));
        people.forEach(arrivals -> keys.addAll(arrivals.names().keySet()));
        var answers = keys.isEmpty()
                ? Map.<PersonKey, Answer<UserState>>of()
                : stores.states().read(keys);
        List<Read> read = new ArrayList<>();
        for (Arrivals arrivals : people) {
            verdicts.found(arrivals.key(), answers, "unreadable_state").ifPresent(state -> {
                if (!isSomebodyElses(arrivals, state)) {
                    names(arrivals, answers).ifPresent(names -> read.add(new Read(arrivals, state, names, 0, false)));
                }
            });
        }
        return read;
    }

    /** Whether the person is a name of somebody else's, after the verdict was noted. */
    private boolean isSomebodyElses(Arrivals arrivals, UserState state) {
        PersonKey key = arrivals.key();
        Optional<PersonKey> said = Optional.ofNullable(arrivals.names().get(key));
        if (said.isPresent()) {
            verdicts.put(key, new Verdict.GoesBy(said.get(), Map.of()));
            return true;
        }
        state.goesBy().ifPresent(person -> {
            if (arrivals.events().isEmpty() && arrivals.names().isEmpty()) {
                // To a name nothing happens by itself.
                verdicts.put(key, new Verdict.Done());
            } else {
                verdicts.put(key, new Verdict.GoesBy(person, Map.of()));
            }
        });
        return state.goesBy().isPresent();
    }

    /** States of the names that are to be seen to go by someone; empty after a verdict was noted. */
    private Optional<List<UserState>> names(Arrivals arrivals, Map<PersonKey, Answer<UserState>> answers) {
        List<UserState> names = new ArrayList<>();
        for (PersonKey name : arrivals.names().keySet()) {
            Verdict otherwise = switch (answers.getOrDefault(name, new Answer.Unreachable<>("no answer"))) {
                case Answer.Found<UserState>(var state) -> {
                    names.add(state);
                    yield new Verdict.Done();
                }
                case Answer.Unreadable<UserState>(var reason) -> new Verdict.Poisoned("unreadable_state", reason);
                case Answer.Unreachable<UserState> unreachable -> new Verdict.Later();
            };
            if (!(otherwise instanceof Verdict.Done)) {
                verdicts.put(arrivals.key(), otherwise);
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /**
     * Of people whose state has gone, or may have lost something, it is asked whether they are somebody's name, for what the
     * state said of that may have gone too; else it is gone on from the profile that is stored; see {@link LostState}. So too of
     * lost names of theirs; see {@link LostNames}.
     */
    List<Read> withBase(List<Read> people) {
        return lostNames.held(ofThemselves(people));
    }

    private List<Read> ofThemselves(List<Read> people) {
        List<PersonKey> lost = people.stream()
                .filter(this::isLost)
                .map(read -> read.arrivals().key())
                .toList();
        if (lost.isEmpty()) {
            return people;
        }
        var identities = stores.identities().read(lost);
        List<PersonKey> unknown = people.stream()
                .filter(this::mayBeLost)
                .map(read -> read.arrivals().key())
                .toList();
        var stored = unknown.isEmpty()
                ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of()
                : stores.profiles().read(unknown);
        List<Read> based = new ArrayList<>();
        for (Read read : people) {
            if (!isLost(read)) {
                based.add(read);
            } else if (isOfItsOwn(read, identities)) {
                withBase(read, stored).ifPresent(based::add);
            }
        }
        return based;
    }

    private boolean isLost(Read read) {
        return mayBeLost(read) || read.state().recent().held().isPresent();
    }

    /** A state that newer rules have folded is left to them. */
    private boolean mayBeLost(Read read) {
        return read.state().recent().ruleSet()
                        <= read.arrivals().rules().rules().number()
                && stores.lost(read.state()).isPresent();
    }

    private boolean isOfItsOwn(Read read, Map<PersonKey, Answer<Identity>> identities) {
        PersonKey key = read.arrivals().key();
        Optional<Identity> identity = verdicts.found(key, identities, "unreadable_identity");
        Optional<PersonKey> person = identity.flatMap(Identity::goesBy);
        person.ifPresent(other -> verdicts.put(key, new Verdict.GoesBy(other, Map.of(key, other))));
        return identity.isPresent() && person.isEmpty();
    }

    private Optional<Read> withBase(Read read, Map<PersonKey, Answer<Optional<SegmentedProfile>>> stored) {
        if (!mayBeLost(read)) {
            return Optional.of(read);
        }
        return verdicts.found(read.arrivals().key(), stored, "unreadable_profile")
                .map(profile -> {
                    Instant since = stores.lost(read.state()).orElseGet(stores.clock()::instant);
                    long floor = profile.map(SegmentedProfile::stateRevision).orElse(0L);
                    UserState based = LostState.basedOn(
                            profile, read.state(), since, stores.clock().instant());
                    boolean held = profile.isPresent() && based.recent().held().isPresent();
                    tally.add(Tally.Count.HELD, held ? 1 : 0);
                    return new Read(read.arrivals(), based, read.names(), floor, false);
                });
    }
}
