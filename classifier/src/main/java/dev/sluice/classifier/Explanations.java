package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Says of people why they are in a segment, are not or were, now or at a moment before, by the rules in force; of a name
 * that goes by a person, of that person. Reads one state for each question, and one more for each name that leads on; if there
 * is none, the name's identity and one profile. Writes and logs nothing. Thread-safe.
 */
public final class Explanations {
    /** Questions answered together: each folds a person's kept events a few times. */
    static final int TOGETHER = 4;

    private final RunningRules rules;
    private final Stores stores;
    private final Explainer explainer;
    private final Semaphore places = new Semaphore(TOGETHER);

    public Explanations(RunningRules rules, Stores stores, Explainer explainer) {
        this.rules = rules;
        this.stores = stores;
        this.explainer = explainer;
    }

    /** Whether a moment is still to come: of that nothing can be said. */
    public boolean isToCome(Instant moment) {
        return moment.isAfter(stores.clock().instant());
    }

    /**
     * JSON as of {@link Explainer}; empty if there are no such rules or segment, or nothing is known of the person.
     * {@link Answer.Unreachable} also if too many ask at once. An account that is not met yet is not looked up.
     *
     * @param at a moment that is not to come; empty for now
     */
    public Answer<Optional<byte[]>> explain(PersonKey key, String segment, Optional<Instant> at) {
        if (!places.tryAcquire()) {
            return new Answer.Unreachable<>("too many explanations at once");
        }
        try {
            return rules.known(key.account()) instanceof RunningRules.Running running
                            && running.rules().resolved().containsKey(segment)
                    ? explain(running, key, segment, at)
                    : new Answer.Found<>(Optional.empty());
        } finally {
            places.release();
        }
    }

    private Answer<Optional<byte[]>> explain(
            RunningRules.Running running, PersonKey name, String segment, Optional<Instant> at) {
        return switch (person(name)) {
            case Answer.Found<UserState>(var state) ->
                stores.lost(state)
                        .map(since -> explainLost(running, state, since, segment, at))
                        .orElseGet(() -> explain(running, state, List.of(), segment, at));
            case Answer.Unreadable<UserState>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<UserState>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    /** The state of the person by whom a name goes: that has what the name kept. */
    private Answer<UserState> person(PersonKey name) {
        PersonKey key = name;
        for (int hop = 0; hop < CurrentSegments.MAX_HOPS; hop++) {
            Answer<UserState> answer =
                    stores.states().read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
            if (!(answer instanceof Answer.Found<UserState>(var state))) {
                return answer;
            }
            switch (goesBy(state)) {
                case Answer.Found<Optional<PersonKey>>(var person) -> {
                    if (person.isEmpty()) {
                        return answer;
                    }
                    key = person.get();
                }
                case Answer.Unreadable<Optional<PersonKey>>(var reason) -> {
                    return new Answer.Unreadable<>(reason);
                }
                case Answer.Unreachable<Optional<PersonKey>>(var reason) -> {
                    return new Answer.Unreachable<>(reason);
                }
            }
        }
        return new Answer.Unreadable<>("more names lead on than may");
    }

    /** Where a state has gone, or may have lost something, what it says of that may have gone too. */
    private Answer<Optional<PersonKey>> goesBy(UserState state) {
        PersonKey key = state.key();
        if (state.goesBy().isPresent() || stores.lost(state).isEmpty()) {
            return new Answer.Found<>(state.goesBy());
        }
        return switch (stores.identities()
                .read(List.of(key))
                .getOrDefault(key, new Answer.Unreachable<>("no answer"))) {
            case Answer.Found<Identity>(var identity) -> new Answer.Found<>(identity.goesBy());
            case Answer.Unreadable<Identity>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<Identity>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    /** Of whom nothing is kept, or less than was: if a profile is stored, its memberships are held. */
    private Answer<Optional<byte[]>> explainLost(
            RunningRules.Running running, UserState state, Instant since, String segment, Optional<Instant> at) {
        Answer<Optional<SegmentedProfile>> answer = stores.profiles()
                .read(List.of(state.key()))
                .getOrDefault(state.key(), new Answer.Unreachable<>("no answer"));
        return switch (answer) {
            case Answer.Found<Optional<SegmentedProfile>>(var profile) ->
                profile.isEmpty() && state.revision() == 0
                        ? new Answer.Found<>(Optional.empty())
                        : explain(
                                running,
                                LostState.basedOn(
                                        profile, state, since, stores.clock().instant()),
                                profile.map(SegmentedProfile::past).orElse(List.of()),
                                segment,
                                at);
            case Answer.Unreadable<Optional<SegmentedProfile>>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<Optional<SegmentedProfile>>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    private Answer<Optional<byte[]>> explain(
            RunningRules.Running running,
            UserState state,
            List<PastMembership> past,
            String segment,
            Optional<Instant> at) {
        var inquiry = new Inquiry(running, state, past, stores.clock().instant());
        return new Answer.Found<>(explainer.explain(running.rules(), segment, inquiry.at(segment, at)));
    }
}
