package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A person whose state is kept, on the way to the profile.
 *
 * @param found the state's head before; what it says may still be on its way to the profile
 * @param state as it is kept; its own revision is the one that was read
 * @param revision under which it is kept
 * @param until from when on that is over; empty if it stays for ever
 * @param told whether the stored profile is known to say what is kept
 * @param kind what folding was
 * @param names states, as they were read, of names that are to be seen to go by the person
 */
record Kept(
        Arrivals arrivals,
        FoldState found,
        UserState state,
        long revision,
        Optional<Instant> until,
        boolean told,
        Cause.Kind kind,
        List<UserState> names) {
    /** Turns that are looked at to say when memberships end: enough for those that end soon. */
    static final int TURNS_AHEAD = 32;

    PersonKey key() {
        return arrivals.key();
    }

    FoldState head() {
        return state.recent().head();
    }

    /** Whether there is nothing more to do, since the profile is known to be right, and nobody asked to look. */
    boolean isDone() {
        return told && !arrivals.look().checking();
    }

    /**
     * Whether the index of who is due must be told. Not if the person was due before that already: there is an entry then,
     * and who finds it puts it where it belongs.
     */
    boolean needsEntry() {
        boolean nothingNew = revision == state.revision();
        boolean earlier = head().due()
                .filter(due ->
                        found.due().filter(before -> !before.isAfter(due)).isEmpty())
                .isPresent();
        return nothingNew || earlier;
    }

    /** Whether the profile was made from a later state than this, or from another one of the same revision: this has lost something. */
    boolean isBehind(SegmentedProfile stored) {
        return stored.stateRevision() > revision
                || (stored.stateRevision() == revision && !stored.saysTheSameAs(head().memberships()));
    }

    /** The same state with the memberships of the profile held, under a revision after the profile's. */
    UserStates.Change holding(SegmentedProfile stored, Instant now) {
        return new UserStates.Change(
                key(),
                revision,
                Math.max(revision, stored.stateRevision()) + 1,
                state.recent().unfolded(LostState.held(stored, now, false)),
                false);
    }

    /**
     * Whether the stored profile says what the state says, and no write of somebody else can still arrive: that one would
     * be stored over the profile for good. The next version, even if it says nothing new, keeps it away. Once that is
     * stored, whoever writes over it has read it, and so has read or kept this state or a later one.
     */
    boolean isSaidBy(Optional<SegmentedProfile> stored) {
        boolean nothingHappened = head().at().equals(Instant.MIN);
        boolean says = stored.map(profile -> profile.saysTheSameAs(head().memberships())
                        && sharesTheSame(profile)
                        && (told || revision == 0 || saysUntilWhen(profile)))
                .orElse(head().memberships().isEmpty());
        return nothingHappened || (says && (told || state.revision() == 0 || isMadeFromThis(stored)));
    }

    /** Of a longer life a profile that is known to be right says nothing: an audit writes nothing for that. */
    private boolean saysUntilWhen(SegmentedProfile stored) {
        return until.filter(moment -> stored.stateUntil()
                        .filter(said -> !said.isBefore(moment))
                        .isEmpty())
                .isEmpty();
    }

    /** Of a state that was found: one kept just now is none that somebody else has written, unless the cache went back. */
    private boolean isMadeFromThis(Optional<SegmentedProfile> stored) {
        return revision == state.revision()
                && stored.filter(profile -> profile.stateRevision() == revision).isPresent();
    }

    /** Of somebody in no segment nobody is told anything, so what is shared is no reason to write. */
    private boolean sharesTheSame(SegmentedProfile stored) {
        return stored.memberships().isEmpty() || stored.shared().traits().equals(sharedTraits(Optional.of(stored)));
    }

    private Value.Fields sharedTraits(Optional<SegmentedProfile> stored) {
        Value.Fields said = stored.map(profile -> profile.shared().traits()).orElse(Value.Fields.NONE);
        return arrivals.rules().sharing().traits(state, said);
    }

    /** The profile that the state asks for. */
    Proposed proposed(Optional<SegmentedProfile> before, String writer) {
        var after = new SegmentedProfile(
                key(),
                before.map(SegmentedProfile::version).orElse(0L) + 1,
                arrivals.rules().rules().number(),
                head().at(),
                writer,
                arrivals.rules().fold().withEnds(state, TURNS_AHEAD),
                arrivals.cause(kind, state.recent()),
                revision,
                until,
                head().past(),
                new Shared(sharedTraits(before), arrivals.rules().sharing().event(arrivals.last(), kind)));
        return new Proposed(this, before, after);
    }
}
