package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last steps of an attempt: profiles that say what is kept. Used by one thread. */
final class Writing {
    private final Stores stores;
    private final Tally tally;
    private final Verdicts verdicts;
    private final Set<PersonKey> changed = new HashSet<>();

    Writing(Stores stores, Tally tally, Verdicts verdicts) {
        this.stores = stores;
        this.tally = tally;
        this.verdicts = verdicts;
    }

    /** Whether someone's profile was written. */
    boolean changed(PersonKey key) {
        return changed.contains(key);
    }

    /** Those whose profile is to be written; of the others the verdict was noted. */
    List<Proposed> propose(List<Kept> people) {
        people.stream().filter(Kept::isDone).forEach(kept -> verdicts.put(kept.key(), new Verdict.Done()));
        List<Kept> open = people.stream().filter(kept -> !kept.isDone()).toList();
        var stored = open.isEmpty()
                ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of()
                : stores.profiles().read(open.stream().map(Kept::key).toList());
        List<Proposed> proposed = new ArrayList<>();
        List<UserStates.Change> lost = new ArrayList<>();
        List<Kept> same = new ArrayList<>();
        for (Kept kept : open) {
            PersonKey key = kept.key();
            verdicts.found(key, stored, "unreadable_profile").ifPresent(before -> {
                if (!verdicts.isUpToDate(
                        kept.arrivals(), before.map(SegmentedProfile::ruleSet).orElse(0))) {
                    return;
                }
                if (before.filter(kept::isBehind).isPresent()) {
                    lost.add(kept.holding(before.get(), stores.clock().instant()));
                } else if (kept.isSaidBy(before)) {
                    same.add(kept);
                } else {
                    fitting(kept.proposed(before, stores.writerTokens().get())).ifPresent(proposed::add);
                }
            });
        }
        hold(lost);
        confirm(same);
        return proposed;
    }

    /** What its store takes, or empty after the verdict was noted. */
    private Optional<Proposed> fitting(Proposed whole) {
        SegmentedProfile after = whole.after();
        Optional<SegmentedProfile> fitting = ProfileSize.fitting(after);
        if (fitting.isEmpty()) {
            int segments = after.memberships().size();
            verdicts.put(
                    after.key(),
                    new Verdict.Poisoned("profile_too_large", segments + " memberships do not fit one profile"));
        }
        return fitting.map(profile -> new Proposed(whole.kept(), whole.before(), profile));
    }

    /** A state that is older than the profile made from it has lost something: the cache failed over to an older copy. */
    private void hold(List<UserStates.Change> lost) {
        tally.add(Tally.Count.HELD, lost.size());
        var results = lost.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.states().keep(lost);
        results.forEach((key, result) -> {
            if (verdicts.isWritten(result, key, Optional.empty())) {
                verdicts.put(key, new Verdict.Again(Optional.empty()));
            }
        });
    }

    /** Those whose profile was; of the others the verdict was noted. */
    List<Proposed> write(List<Proposed> people) {
        var results = people.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.profiles().write(people.stream().map(Proposed::after).toList());
        List<Proposed> written = new ArrayList<>();
        for (Proposed proposed : people) {
            PersonKey key = proposed.after().key();
            Optional<Cause.Kind> folded = Optional.of(proposed.kept().kind());
            if (verdicts.isWritten(results.getOrDefault(key, WriteResult.UNREACHABLE), key, folded)) {
                tally.add(Tally.Count.PROFILE_WRITES, 1);
                changed.add(key);
                tally.add(
                        Tally.Count.CHANGES_OF_MEMBERSHIP,
                        SegmentChange.between(proposed.before(), proposed.after())
                                .size());
                written.add(proposed);
            }
        }
        return written;
    }

    /** Notes that their profiles say what is kept, unless something else is kept by now: then they are tried again. */
    void confirm(List<Kept> people) {
        Map<PersonKey, Long> kept = new HashMap<>();
        for (Kept each : people) {
            if (each.revision() == 0) {
                verdicts.put(each.key(), new Verdict.Done());
            } else {
                kept.put(each.key(), each.revision());
            }
        }
        var revisions = kept.isEmpty()
                ? Map.<PersonKey, Answer<Long>>of()
                : stores.states().confirm(kept);
        for (Kept each : people.stream().filter(person -> person.revision() > 0).toList()) {
            verdicts.found(each.key(), revisions, "unreadable_state").ifPresent(revision -> {
                boolean moved = revision != each.revision();
                verdicts.put(each.key(), moved ? new Verdict.Again(Optional.of(each.kind())) : new Verdict.Done());
            });
        }
    }
}
