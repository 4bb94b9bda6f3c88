package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Sharing;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
 * <p><b>Why the profile need not be read each time.</b> The state says whether the profile is known to say the same: it is
 * noted when the revision has been read once more after the profile was read or written, and falls with the next write
 * of another head. As long as it stands, no attempt at the person is unfinished, and an event that changes no membership
 * is done with Redis alone; but for the first in another span of a state's {@link Lifetime}.
 *
 * <p><b>Why a late write does no harm.</b> A write that was given up, or whose classifier died, may still arrive. Its attempt
 * did not come to that note. So whoever finds a state without it, that somebody else has kept, writes the profile's next
 * version, even if it says nothing new; the late write, which is conditional on the version before, fails. If the profile
 * was made from that very state, this has been done: only the note is still to be made.
 *
 * <p><b>Why old rules do not undo new ones.</b> Classifiers learn of a rule set at different moments. What a newer one
 * has written, in the state or in the profile, an older one leaves alone: both writes are conditional on what was read.
 *
 * <p><b>Why nobody is forgotten.</b> When the state says that memberships will change by themselves, the person is
 * entered into the index of what is due, after the state is kept and before the line is done.
 *
 * <p><b>Why a merge loses nothing.</b> That a name goes by a person is stored before. What the name has kept is folded into
 * the person's state, then the name's is emptied, under the condition that nothing was kept there meanwhile, then its
 * profile. The line that says so is done after all that, and a repeat looks at all of it again.
 *
 * <p>Used by one thread, once.
 */
final class Attempt {
    private final Stores stores;
    private final Tally tally;
    private final Verdicts verdicts;
    private final Reading reading;
    private final Writing writing;
    private final Map<PersonKey, Kept> keptPeople = new HashMap<>();

    /** @param late whether no further step may be begun */
    Attempt(Stores stores, Tally tally, BooleanSupplier late) {
        this.stores = stores;
        this.tally = tally;
        this.verdicts = new Verdicts(late);
        this.reading = new Reading(stores, tally, verdicts);
        this.writing = new Writing(stores, tally, verdicts);
    }

    /**
     * @param state to be folded into
     * @param after the state with what was folded; its own revision is the one that was read
     * @param changes whether something else is to be kept than was
     * @param told whether the profile is known to say what is kept: it said what was found, and that is the same
     */
    private record Folded(
            Read read,
            UserState state,
            Fold.Outcome outcome,
            UserState after,
            boolean changes,
            boolean told,
            Cause.Kind kind) {
        Arrivals arrivals() {
            return read.arrivals();
        }

        /** The head before. */
        FoldState found() {
            return read.state().recent().head();
        }

        /** Revision of what is kept. */
        long next() {
            return read.next();
        }
    }

    /** When someone's memberships next change by themselves, as of what is kept. */
    Optional<Instant> due(PersonKey key) {
        return Optional.ofNullable(keptPeople.get(key))
                .flatMap(kept -> kept.head().due());
    }

    /** Whether someone's profile was written. */
    boolean changed(PersonKey key) {
        return writing.changed(key);
    }

    /** Exactly one verdict for each. */
    Map<PersonKey, Verdict> at(List<Arrivals> people) {
        var read = reading.read(verdicts.inTime(people, any -> any));
        var known = reading.withBase(verdicts.inTime(read, Read::arrivals));
        var kept = schedule(takenOver(keep(fold(upToDate(known)))));
        var proposed = writing.propose(verdicts.inTime(kept, Kept::arrivals));
        var written =
                writing.write(verdicts.inTime(proposed, each -> each.kept().arrivals()));
        writing.confirm(verdicts.inTime(written, each -> each.kept().arrivals()).stream()
                .map(Proposed::kept)
                .toList());
        return verdicts.all();
    }

    private List<Read> upToDate(List<Read> people) {
        return people.stream()
                .filter(read -> verdicts.isUpToDate(
                        read.arrivals(), read.state().recent().ruleSet()))
                .toList();
    }

    private List<Folded> fold(List<Read> people) {
        List<Folded> folded = new ArrayList<>();
        for (Read read : people) {
            // What has been folded is kept, so that a person who takes long holds up nobody else, and comes further
            // each time.
            if (verdicts.isLate()) {
                verdicts.put(read.arrivals().key(), new Verdict.Later());
            } else {
                folded.add(fold(read));
            }
        }
        return folded;
    }

    private Folded fold(Read read) {
        Arrivals arrivals = read.arrivals();
        Look look = arrivals.look();
        UserState state = released(read.state(), look);
        List<UserState> others =
                read.names().stream().filter(name -> name.goesBy().isEmpty()).toList();
        Fold.Outcome outcome =
                arrivals.rules().fold().take(state, arrivals.events(), others, reached(others, look.asOf()));
        boolean merges = others.stream().anyMatch(name -> !name.recent().equals(Recent.NOTHING));
        Cause.Kind now =
                merges ? Cause.Kind.MERGE : Causes.kind(arrivals, read.state().recent(), outcome);
        // What it is gone on from is kept also if nothing was folded.
        boolean changes = read.holdsMore()
                || read.floor() > 0
                || !outcome.recent().equals(read.state().recent());
        UserState after = state.with(outcome.recent());
        boolean told = state.told() && tellsTheSame(read, after, changes) && !(changes && isOtherSpan(state));
        return new Folded(
                read, state, outcome, after, changes, told, arrivals.folded().orElse(now));
    }

    /** Whether the profile may not say until when what is kept now lives. */
    private boolean isOtherSpan(UserState state) {
        Instant now = stores.clock().instant();
        return !state.keptAt().flatMap(kept -> stores.over(state.key(), kept)).equals(stores.over(state.key(), now));
    }

    /** Whether a profile that tells what was read tells what is kept now. */
    private static boolean tellsTheSame(Read read, UserState after, boolean changes) {
        Recent before = read.state().recent();
        if (!SegmentedProfile.same(
                before.head().memberships(), after.recent().head().memberships())) {
            return false;
        }
        if (!changes) {
            return true;
        }
        // Under other rules something else may be shared, and what was is not known.
        Sharing sharing = read.arrivals().rules().sharing();
        return before.ruleSet() == after.recent().ruleSet()
                && sharing.traits(read.state()).equals(sharing.traits(after));
    }

    /** Up to when time has been folded at any of them. */
    private static Optional<Instant> reached(List<UserState> names, Optional<Instant> asOf) {
        return Stream.concat(
                        asOf.stream(),
                        names.stream().map(name -> name.recent().head().at()).filter(at -> !at.equals(Instant.MIN)))
                .max(Comparator.naturalOrder());
    }

    private static UserState released(UserState state, Look look) {
        boolean rebuilt = state.recent()
                .held()
                .filter(held -> look.releasing().filter(held.since()::isBefore).isPresent())
                // Of whom nothing has come back nothing is known still.
                .filter(held -> !state.recent().events().isEmpty())
                .isPresent();
        return rebuilt ? state.with(state.recent().unfolded(Optional.empty())) : state;
    }

    private List<Kept> keep(List<Folded> people) {
        List<UserStates.Change> changes = new ArrayList<>();
        for (Folded folded : people) {
            if (folded.changes()) {
                changes.add(new UserStates.Change(
                        folded.state().key(),
                        folded.state().revision(),
                        folded.next(),
                        folded.outcome().recent(),
                        folded.told()));
            }
        }
        var results = changes.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.states().keep(changes);
        List<Kept> kept = new ArrayList<>();
        for (Folded folded : people) {
            PersonKey key = folded.arrivals().key();
            WriteResult result = results.get(key);
            if (result == null) {
                kept.add(kept(folded, folded.state().revision()));
            } else if (verdicts.isWritten(result, key, folded.arrivals().folded())) {
                kept.add(kept(folded, folded.next()));
            }
        }
        touch(people);
        return kept;
    }

    /** After what they kept is in the person's state, names have nothing of their own any more. */
    private List<Kept> takenOver(List<Kept> people) {
        var results = new TakenOver(stores, tally).empty(verdicts.inTime(people, Kept::arrivals));
        return verdicts.inTime(people, Kept::arrivals).stream()
                .filter(kept -> verdicts.isWritten(
                        results.getOrDefault(kept.key(), WriteResult.WRITTEN), kept.key(), Optional.of(kept.kind())))
                .toList();
    }

    /** Who did something again is not to be forgotten, though there is nothing new to keep. */
    private void touch(List<Folded> people) {
        List<PersonKey> repeated = people.stream()
                .filter(folded ->
                        !folded.changes() && !folded.arrivals().events().isEmpty())
                .map(folded -> folded.arrivals().key())
                .toList();
        if (!repeated.isEmpty()) {
            stores.states().touch(repeated);
        }
    }

    /**
     * Enters into the index who is due earlier than before, who has been kept before: whoever kept them may have died before
     * this; and whose entry may have been lost. After keeping and not before, so that who settles an entry has seen what is kept or comes before this.
     */
    private List<Kept> schedule(List<Kept> people) {
        Map<PersonKey, Instant> moments = new HashMap<>();
        people.stream()
                .filter(kept -> kept.needsEntry() || stores.losses().mayHaveLostTurn(kept.state()))
                .forEach(kept -> kept.head().due().ifPresent(due -> moments.put(kept.key(), due)));
        var results = moments.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.dues().schedule(moments);
        return people.stream()
                .filter(kept -> verdicts.isWritten(
                        results.getOrDefault(kept.key(), WriteResult.WRITTEN), kept.key(), Optional.of(kept.kind())))
                .toList();
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
        Instant now = stores.clock().instant();
        Instant keptAt = folded.changes() ? now : folded.state().keptAt().orElse(now);
        var kept = new Kept(
                folded.arrivals(),
                folded.found(),
                folded.after(),
                revision,
                stores.over(folded.after().key(), keptAt),
                folded.told(),
                folded.kind(),
                folded.read().names());
        keptPeople.put(kept.key(), kept);
        return kept;
    }
}
