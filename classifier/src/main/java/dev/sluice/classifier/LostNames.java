package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Held;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Before a name is emptied whose state has gone, or may have lost something, what its profile says is held of the person by
 * whom it goes: what was lost with it cannot be taken over. Of a person of whom nothing else is kept everything is held, as
 * it was of the name. Used by one thread.
 */
final class LostNames {
    private final Stores stores;
    private final Tally tally;
    private final Verdicts verdicts;

    LostNames(Stores stores, Tally tally, Verdicts verdicts) {
        this.stores = stores;
        this.tally = tally;
        this.verdicts = verdicts;
    }

    /** The same people, holding what was lost with their names; without those whose verdict was noted. */
    List<Read> held(List<Read> people) {
        List<PersonKey> lost = people.stream()
                .flatMap(read -> read.names().stream())
                .filter(this::isLost)
                .map(UserState::key)
                .distinct()
                .toList();
        var stored = lost.isEmpty()
                ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of()
                : stores.profiles().read(lost);
        List<Read> held = new ArrayList<>();
        people.forEach(read -> held(read, stored).ifPresent(held::add));
        return held;
    }

    private boolean isLost(UserState name) {
        return name.goesBy().isEmpty() && stores.lost(name).isPresent();
    }

    private Optional<Read> held(Read read, Map<PersonKey, Answer<Optional<SegmentedProfile>>> stored) {
        Optional<Held> held = Optional.empty();
        for (UserState name : read.names()) {
            if (name.goesBy().isEmpty()) {
                held = both(held, name.recent().held());
            }
            switch (stored.get(name.key())) {
                case Answer.Found<Optional<SegmentedProfile>>(var profile)
                when profile.isPresent() -> {
                    if (!verdicts.isUpToDate(read.arrivals(), profile.get().ruleSet())) {
                        return Optional.empty();
                    }
                    held = both(held, held(name, profile.get()));
                }
                case Answer.Unreachable<Optional<SegmentedProfile>> unreachable -> {
                    verdicts.put(read.arrivals().key(), new Verdict.Later());
                    return Optional.empty();
                }
                // What cannot be understood is no reason to keep the person waiting for ever.
                case Answer.Unreadable<Optional<SegmentedProfile>> unreadable -> {}
                case Answer.Found<Optional<SegmentedProfile>> nobody -> {}
                case null -> {}
            }
        }
        if (held.isEmpty()) {
            return Optional.of(read);
        }
        // Before that is folded again: newer rules than ours have their say.
        if (!verdicts.isUpToDate(read.arrivals(), read.state().recent().ruleSet())) {
            return Optional.empty();
        }
        tally.add(Tally.Count.HELD, 1);
        return Optional.of(holding(read, held.get()));
    }

    /** Of a name that was emptied before, and forgotten since, nothing is lost. */
    private Optional<Held> held(UserState name, SegmentedProfile profile) {
        boolean wasEmptied = profile.memberships().isEmpty() && profile.cause().kind() == Cause.Kind.MERGE;
        Instant since = stores.lost(name).orElseGet(stores.clock()::instant);
        boolean everything = name.revision() == 0
                && !LostState.isOver(profile, stores.clock().instant());
        return wasEmptied ? Optional.empty() : LostState.held(profile, since, everything);
    }

    private static Optional<Held> both(Optional<Held> one, Optional<Held> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        Held a = one.get();
        Held b = other.get();
        return Optional.of(new Held(
                a.since().isAfter(b.since()) ? a.since() : b.since(),
                union(a.memberships(), b.memberships()),
                a.everything() || b.everything()));
    }

    /** Where both are in a segment, as the first. */
    private static Map<String, Membership> union(Map<String, Membership> first, Map<String, Membership> second) {
        Map<String, Membership> all = new HashMap<>(second);
        all.putAll(first);
        return all;
    }

    private Read holding(Read read, Held lost) {
        UserState state = read.state();
        Recent recent = state.recent();
        boolean nothingElse = state.revision() == 0;
        // Of whom something is kept, who enters a segment does so by that.
        Held theirs = new Held(lost.since(), lost.memberships(), nothingElse && lost.everything());
        Held held = both(recent.held(), Optional.of(theirs)).orElse(theirs);
        Recent holding = recent.unfolded(Optional.of(held));
        if (recent.events().isEmpty()) {
            // There may be no step at which the person comes to be in them.
            holding = new Recent(0, recent.base(), List.of(), standing(recent.head(), held, read), Optional.of(held));
        }
        return new Read(read.arrivals(), state.with(holding), read.names(), read.floor(), true);
    }

    private FoldState standing(FoldState head, Held held, Read read) {
        Instant moment = read.arrivals().last().map(event -> event.timestamp()).orElseGet(stores.clock()::instant);
        return new FoldState(
                head.at().isBefore(moment) ? moment : head.at(),
                head.lastId(),
                head.traits(),
                head.row(),
                head.statistics(),
                union(head.memberships(), held.memberships()),
                head.past(),
                Optional.empty());
    }
}
