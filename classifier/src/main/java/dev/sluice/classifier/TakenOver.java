package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves names empty whose events their person has taken over: the state says by whom the name goes, and the profile that it
 * is in no segment and shares nothing, so that partners see it leave. Of a name that was ever someone the profile is written also if it
 * was in none: under the emptied state's revision nobody writes what an older state said.
 */
final class TakenOver {
    private final Stores stores;
    private final Tally tally;

    TakenOver(Stores stores, Tally tally) {
        this.stores = stores;
        this.tally = tally;
    }

    /**
     * A name on its way.
     *
     * @param state as it was read
     * @param revision under which it is empty
     */
    private record Name(Kept person, UserState state, Recent emptied, long revision) {
        PersonKey key() {
            return state.key();
        }

        boolean isEmptied() {
            return state.goesBy().isPresent();
        }

        boolean wasSomeone() {
            return !emptied.head().at().equals(Instant.MIN);
        }
    }

    /** What became of the names of each; of a person without names there is no result. */
    Map<PersonKey, WriteResult> empty(List<Kept> people) {
        List<Name> names = new ArrayList<>();
        people.forEach(person -> person.names().forEach(state -> names.add(name(person, state))));
        Map<PersonKey, WriteResult> results = new HashMap<>();
        List<Name> emptied = keep(names, results);
        write(emptied, results);
        return results;
    }

    private Name name(Kept person, UserState state) {
        return state.goesBy().isPresent()
                ? new Name(person, state, state.recent(), state.revision())
                : new Name(person, state, state.recent().takenOver(moment(person)), state.revision() + 1);
    }

    private Instant moment(Kept person) {
        return person.arrivals()
                .last()
                .map(event -> event.timestamp())
                .orElseGet(() -> stores.clock().instant());
    }

    private List<Name> keep(List<Name> names, Map<PersonKey, WriteResult> results) {
        List<UserStates.Change> changes = names.stream()
                .filter(name -> !name.isEmptied())
                .map(name -> new UserStates.Change(
                        name.key(),
                        name.state().revision(),
                        name.revision(),
                        name.emptied(),
                        false,
                        Optional.ofNullable(name.person().arrivals().names().get(name.key()))))
                .toList();
        var kept = changes.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.states().keep(changes);
        return names.stream()
                .filter(name -> note(name, kept.getOrDefault(name.key(), WriteResult.WRITTEN), results))
                .toList();
    }

    private void write(List<Name> names, Map<PersonKey, WriteResult> results) {
        var stored = names.isEmpty()
                ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of()
                : stores.profiles().read(names.stream().map(Name::key).toList());
        List<SegmentedProfile> profiles = new ArrayList<>();
        for (Name name : names) {
            switch (stored.getOrDefault(name.key(), new Answer.Unreachable<>("no answer"))) {
                case Answer.Found<Optional<SegmentedProfile>>(var before) ->
                    left(name, before).ifPresent(profiles::add);
                case Answer.Unreachable<Optional<SegmentedProfile>> unreachable ->
                    note(name, WriteResult.UNREACHABLE, results);
                // The person's own profile can be read: what cannot is no reason to keep it waiting for ever.
                case Answer.Unreadable<Optional<SegmentedProfile>> unreadable -> {}
            }
        }
        var written = profiles.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.profiles().write(profiles);
        tally.add(Tally.Count.PROFILE_WRITES, profiles.size());
        names.forEach(name -> note(name, written.getOrDefault(name.key(), WriteResult.WRITTEN), results));
    }

    /** The profile that is to be written. */
    private Optional<SegmentedProfile> left(Name name, Optional<SegmentedProfile> before) {
        boolean isLeft = before.map(profile -> profile.memberships().isEmpty()
                        && profile.shared().isNothing()
                        && profile.stateRevision() >= name.revision())
                .orElse(!name.wasSomeone());
        if (isLeft) {
            return Optional.empty();
        }
        Arrivals arrivals = name.person().arrivals();
        return Optional.of(new SegmentedProfile(
                name.key(),
                before.map(SegmentedProfile::version).orElse(0L) + 1,
                arrivals.rules().rules().number(),
                before.map(SegmentedProfile::asOf).orElse(name.emptied().head().at()),
                stores.writerTokens().get(),
                Map.of(),
                arrivals.cause(Cause.Kind.MERGE, name.person().state().recent()),
                Math.max(
                        name.revision(),
                        before.map(SegmentedProfile::stateRevision).orElse(0L)),
                name.emptied().head().past(),
                Shared.NOTHING));
    }

    /** Whether it was written; of the names of one person the worst counts. */
    private static boolean note(Name name, WriteResult result, Map<PersonKey, WriteResult> results) {
        results.merge(name.person().key(), result, (one, other) -> one.compareTo(other) > 0 ? one : other);
        return result == WriteResult.WRITTEN;
    }
}
