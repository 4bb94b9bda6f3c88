package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One attempt at many people's events, step by step, each step one round trip for all of them.
 *
 * <p><b>Why nothing is lost and the last word is right.</b> An event is folded into the state before the profile is
 * written, and a line is done only after both. After a crash between the two the line comes again: its event is a repeat
 * to the fold, but the profile is compared with the state's head all the same, and written. When others fold events of
 * the same person at the same time, an old head must not be what remains stored. Therefore the stored profile is read
 * only after the own fold is kept; the write is conditional on the version read; and after a write the revision is read
 * again, and if it moved the person is tried once more. Whoever folded last either reads the profile after every older
 * write, and corrects it, or an older writer sees, after its write, that the revision has moved, and corrects it.
 *
 * <p><b>Why old rules do not undo new ones.</b> Classifiers learn of a rule set at different moments. What a newer one
 * has written, in the state or in the profile, an older one leaves alone: both writes are conditional on what was read.
 *
 * <p>Used by one thread, once.
 */
final class Attempt {
    private final UserStates states;
    private final Profiles profiles;
    private final Supplier<String> writerTokens;
    private final Tally tally;
    private final BooleanSupplier late;
    private final Map<PersonKey, Verdict> verdicts = new LinkedHashMap<>();

    /** @param late whether no further step may be begun */
    Attempt(UserStates states, Profiles profiles, Supplier<String> writerTokens, Tally tally, BooleanSupplier late) {
        this.states = states;
        this.profiles = profiles;
        this.writerTokens = writerTokens;
        this.tally = tally;
        this.late = late;
    }

    private record Read(Arrivals arrivals, UserState state) {}

    private record Folded(Arrivals arrivals, UserState state, Fold.Outcome outcome, Cause.Kind kind) {}

    private record Kept(Arrivals arrivals, FoldState head, long revision, Cause.Kind kind) {}

    private record Proposed(Kept kept, Optional<SegmentedProfile> before, SegmentedProfile after) {}

    /** Exactly one verdict for each. */
    Map<PersonKey, Verdict> at(List<Arrivals> people) {
        var known = withBase(inTime(read(inTime(people, any -> any)), Read::arrivals));
        var kept = keep(inTime(fold(upToDate(known)), Folded::arrivals));
        var proposed = propose(inTime(kept, Kept::arrivals));
        var written = write(inTime(proposed, each -> each.kept().arrivals()));
        verify(inTime(written, each -> each.kept().arrivals()));
        return verdicts;
    }

    /** Those for whom the next step may begin: all, or none once it is late, after the verdict was noted. */
    private <T> List<T> inTime(List<T> people, Function<T, Arrivals> arrivals) {
        if (!late.getAsBoolean()) {
            return people;
        }
        people.forEach(each -> verdicts.put(arrivals.apply(each).key(), new Verdict.Later()));
        return List.of();
    }

    private List<Read> read(List<Arrivals> people) {
        var answers = people.isEmpty()
                ? Map.<PersonKey, Answer<UserState>>of()
                : states.read(people.stream().map(Arrivals::key).toList());
        List<Read> read = new ArrayList<>();
        for (Arrivals arrivals : people) {
            found(arrivals.key(), answers, "unreadable_state").ifPresent(state -> read.add(new Read(arrivals, state)));
        }
        return read;
    }

    /** Of people whose state has gone, folding goes on from the profile that is stored; see {@link LostState}. */
    private List<Read> withBase(List<Read> people) {
        List<PersonKey> unknown = people.stream()
                .filter(read -> read.state().revision() == 0)
                .map(read -> read.arrivals().key())
                .toList();
        var stored =
                unknown.isEmpty() ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of() : profiles.read(unknown);
        List<Read> based = new ArrayList<>();
        for (Read read : people) {
            if (read.state().revision() > 0) {
                based.add(read);
            } else {
                found(read.arrivals().key(), stored, "unreadable_profile")
                        .ifPresent(profile ->
                                based.add(new Read(read.arrivals(), LostState.basedOn(profile, read.state()))));
            }
        }
        return based;
    }

    private List<Read> upToDate(List<Read> people) {
        return people.stream()
                .filter(read ->
                        isUpToDate(read.arrivals(), read.state().recent().ruleSet()))
                .toList();
    }

    /** Whether our rules may follow those under which something was stored; else its verdict was noted. */
    private boolean isUpToDate(Arrivals arrivals, int stored) {
        boolean upToDate = stored <= arrivals.rules().rules().number();
        if (!upToDate) {
            verdicts.put(arrivals.key(), new Verdict.Outdated(stored));
        }
        return upToDate;
    }

    private List<Folded> fold(List<Read> people) {
        return people.stream().map(Attempt::fold).toList();
    }

    private static Folded fold(Read read) {
        Arrivals arrivals = read.arrivals();
        Recent before = read.state().recent();
        Fold.Outcome outcome = arrivals.rules().fold().take(read.state(), arrivals.events());
        Cause.Kind now = kind(before, outcome, arrivals.rules().rules().number());
        return new Folded(arrivals, read.state(), outcome, arrivals.folded().orElse(now));
    }

    private static Cause.Kind kind(Recent before, Fold.Outcome outcome, int ruleSet) {
        if (before.events().isEmpty()) {
            return Cause.Kind.EVENT;
        }
        if (before.ruleSet() != ruleSet) {
            return Cause.Kind.RULES;
        }
        return outcome.refolded() ? Cause.Kind.CORRECTION : Cause.Kind.EVENT;
    }

    private List<Kept> keep(List<Folded> people) {
        List<UserStates.Change> changes = new ArrayList<>();
        for (Folded folded : people) {
            if (!folded.outcome().recent().equals(folded.state().recent())) {
                changes.add(new UserStates.Change(
                        folded.state().key(),
                        folded.state().revision(),
                        folded.outcome().recent()));
            }
        }
        var results = changes.isEmpty() ? Map.<PersonKey, WriteResult>of() : states.keep(changes);
        List<Kept> kept = new ArrayList<>();
        for (Folded folded : people) {
            PersonKey key = folded.arrivals().key();
            WriteResult result = results.get(key);
            if (result == null) {
                kept.add(kept(folded, folded.state().revision()));
            } else if (isWritten(result, key, folded.arrivals().folded())) {
                kept.add(kept(folded, folded.state().revision() + 1));
            }
        }
        return kept;
    }

    private Kept kept(Folded folded, long revision) {
        Fold.Outcome outcome = folded.outcome();
        if (folded.arrivals().folded().isEmpty()) {
            tally.add(Tally.Count.REPEATED, outcome.repeated());
            tally.add(Tally.Count.TOO_LATE, outcome.tooLate());
            if (outcome.taken() > 0) {
                folded.arrivals().rules().recent().offer(folded.state(), outcome.recent());
            }
        }
        return new Kept(folded.arrivals(), outcome.recent().head(), revision, folded.kind());
    }

    private List<Proposed> propose(List<Kept> people) {
        var stored = people.isEmpty()
                ? Map.<PersonKey, Answer<Optional<SegmentedProfile>>>of()
                : profiles.read(
                        people.stream().map(kept -> kept.arrivals().key()).toList());
        List<Proposed> proposed = new ArrayList<>();
        for (Kept kept : people) {
            PersonKey key = kept.arrivals().key();
            found(key, stored, "unreadable_profile").ifPresent(before -> {
                int ruleSet = before.map(SegmentedProfile::ruleSet).orElse(0);
                if (!isUpToDate(kept.arrivals(), ruleSet)) {
                    return;
                }
                if (says(before, kept.head())) {
                    verdicts.put(key, new Verdict.Done());
                } else {
                    proposed.add(new Proposed(kept, before, next(kept, before)));
                }
            });
        }
        return proposed;
    }

    private static boolean says(Optional<SegmentedProfile> stored, FoldState head) {
        boolean nothingHappened = head.at().equals(Instant.MIN);
        return nothingHappened
                || stored.map(profile -> profile.saysTheSameAs(head.memberships()))
                        .orElse(head.memberships().isEmpty());
    }

    private SegmentedProfile next(Kept kept, Optional<SegmentedProfile> before) {
        return new SegmentedProfile(
                kept.arrivals().key(),
                before.map(SegmentedProfile::version).orElse(0L) + 1,
                kept.arrivals().rules().rules().number(),
                kept.head().at(),
                writerTokens.get(),
                kept.head().memberships(),
                kept.arrivals().cause(kept.kind()));
    }

    private List<Proposed> write(List<Proposed> people) {
        var results = people.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : profiles.write(people.stream().map(Proposed::after).toList());
        List<Proposed> written = new ArrayList<>();
        for (Proposed proposed : people) {
            PersonKey key = proposed.after().key();
            Optional<Cause.Kind> folded = Optional.of(proposed.kept().kind());
            if (isWritten(results.getOrDefault(key, WriteResult.UNREACHABLE), key, folded)) {
                tally.add(Tally.Count.PROFILE_WRITES, 1);
                tally.add(
                        Tally.Count.CHANGES_OF_MEMBERSHIP,
                        SegmentChange.between(proposed.before(), proposed.after())
                                .size());
                written.add(proposed);
            }
        }
        return written;
    }

    private void verify(List<Proposed> written) {
        var revisions = written.isEmpty()
                ? Map.<PersonKey, Answer<Long>>of()
                : states.revisions(
                        written.stream().map(each -> each.after().key()).toList());
        for (Proposed proposed : written) {
            PersonKey key = proposed.after().key();
            found(key, revisions, "unreadable_state").ifPresent(revision -> {
                boolean moved = revision != proposed.kept().revision();
                Optional<Cause.Kind> folded = Optional.of(proposed.kept().kind());
                verdicts.put(key, moved ? new Verdict.Again(folded) : new Verdict.Done());
            });
        }
    }

    private boolean isWritten(WriteResult result, PersonKey key, Optional<Cause.Kind> folded) {
        switch (result) {
            case WRITTEN -> {}
            case CONFLICT -> verdicts.put(key, new Verdict.Again(folded));
            case UNREACHABLE -> verdicts.put(key, new Verdict.Later());
        }
        return result == WriteResult.WRITTEN;
    }

    /** The value of an answer, or empty after its verdict was noted. */
    private <T> Optional<T> found(PersonKey key, Map<PersonKey, Answer<T>> answers, String code) {
        Answer<T> answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException("a store must answer for everyone it was asked about");
        }
        return switch (answer) {
            case Answer.Found<T>(var value) -> Optional.of(value);
            case Answer.Unreadable<T>(var reason) -> {
                verdicts.put(key, new Verdict.Poisoned(code, reason));
                yield Optional.empty();
            }
            case Answer.Unreachable<T> unreachable -> {
                verdicts.put(key, new Verdict.Later());
                yield Optional.empty();
            }
        };
    }
}
