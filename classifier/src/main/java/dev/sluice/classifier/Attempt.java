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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
 * is done with Redis alone.
 *
 * <p><b>Why a late write does no harm.</b> A write that was given up, or whose classifier died, may still arrive. Its attempt
 * did not come to that note. So whoever finds a state without it, that somebody else has kept, writes the profile's next
 * version, even if it says nothing new; the late write, which is conditional on the version before, fails.
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
    private final BooleanSupplier late;
    private final Map<PersonKey, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<PersonKey, Kept> keptPeople = new HashMap<>();
    private final Set<PersonKey> changed = new HashSet<>();

    /** @param late whether no further step may be begun */
    Attempt(Stores stores, Tally tally, BooleanSupplier late) {
        this.stores = stores;
        this.tally = tally;
        this.late = late;
    }

    /**
     * @param names states, as they were read, of names that are to be seen to go by the person
     * @param floor revision of the state from which the stored profile was made; 0 if that is not looked at
     */
    private record Read(Arrivals arrivals, UserState state, List<UserState> names, long floor) {
        long next() {
            return Math.max(floor, state.revision()) + 1;
        }
    }

    /**
     * @param state to be folded into
     * @param changes whether something else is to be kept than was
     */
    private record Folded(Read read, UserState state, Fold.Outcome outcome, boolean changes, Cause.Kind kind) {
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

        /** Whether the profile is known to say what is kept: it said what was found, and that is the same. */
        boolean told() {
            return state.told()
                    && SegmentedProfile.same(
                            found().memberships(), outcome.recent().head().memberships());
        }
    }

    /** When someone's memberships next change by themselves, as of what is kept. */
    Optional<Instant> due(PersonKey key) {
        return Optional.ofNullable(keptPeople.get(key))
                .flatMap(kept -> kept.head().due());
    }

    /** Whether someone's profile was written. */
    boolean changed(PersonKey key) {
        return changed.contains(key);
    }

    /** Exactly one verdict for each. */
    Map<PersonKey, Verdict> at(List<Arrivals> people) {
        var known = withBase(inTime(read(inTime(people, any -> any)), Read::arrivals));
        var kept = schedule(takenOver(keep(fold(upToDate(known)))));
        var proposed = propose(inTime(kept, Kept::arrivals));
        var written = write(inTime(proposed, each -> each.kept().arrivals()));
        confirm(inTime(written, each -> each.kept().arrivals()).stream()
                .map(Proposed::kept)
                .toList());
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
        Set<PersonKey> keys = new LinkedHashSet<>();
        people.forEach(arrivals -> keys.add(arrivals.key()));
        people.forEach(arrivals -> keys.addAll(arrivals.names().keySet()));
        var answers = keys.isEmpty()
                ? Map.<PersonKey, Answer<UserState>>of()
                : stores.states().read(keys);
        List<Read> read = new ArrayList<>();
        for (Arrivals arrivals : people) {
            found(arrivals.key(), answers, "unreadable_state").ifPresent(state -> {
                if (!isSomebodyElses(arrivals, state)) {
                    names(arrivals, answers).ifPresent(names -> read.add(new Read(arrivals, state, names, 0)));
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
     * state said of that may have gone too; else the memberships of the profile that is stored are held; see
     * {@link LostState}.
     */
    private List<Read> withBase(List<Read> people) {
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
        Optional<Identity> identity = found(key, identities, "unreadable_identity");
        Optional<PersonKey> person = identity.flatMap(Identity::goesBy);
        person.ifPresent(other -> verdicts.put(key, new Verdict.GoesBy(other, Map.of(key, other))));
        return identity.isPresent() && person.isEmpty();
    }

    private Optional<Read> withBase(Read read, Map<PersonKey, Answer<Optional<SegmentedProfile>>> stored) {
        if (!mayBeLost(read)) {
            return Optional.of(read);
        }
        return found(read.arrivals().key(), stored, "unreadable_profile").map(profile -> {
            tally.add(Tally.Count.HELD, profile.isPresent() ? 1 : 0);
            Instant since = stores.lost(read.state()).orElseGet(stores.clock()::instant);
            long floor = profile.map(SegmentedProfile::stateRevision).orElse(0L);
            return new Read(read.arrivals(), LostState.held(profile, read.state(), since), read.names(), floor);
        });
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
        List<Folded> folded = new ArrayList<>();
        for (Read read : people) {
            // What has been folded is kept, so that a person who takes long holds up nobody else, and comes further
            // each time.
            if (late.getAsBoolean()) {
                verdicts.put(read.arrivals().key(), new Verdict.Later());
            } else {
                folded.add(fold(read));
            }
        }
        return folded;
    }

    private static Folded fold(Read read) {
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
        boolean changes = !outcome.recent().equals(read.state().recent());
        return new Folded(read, state, outcome, changes, arrivals.folded().orElse(now));
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
            } else if (isWritten(result, key, folded.arrivals().folded())) {
                kept.add(kept(folded, folded.next()));
            }
        }
        touch(people);
        return kept;
    }

    /** After what they kept is in the person's state, names have nothing of their own any more. */
    private List<Kept> takenOver(List<Kept> people) {
        var results = new TakenOver(stores, tally).empty(inTime(people, Kept::arrivals));
        return inTime(people, Kept::arrivals).stream()
                .filter(kept -> isWritten(
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
     * Enters into the index who is due earlier than before, and who has been kept before: whoever kept them may have died
     * before this. After keeping and not before, so that who settles an entry has seen what is kept or comes before this.
     */
    private List<Kept> schedule(List<Kept> people) {
        Map<PersonKey, Instant> moments = new HashMap<>();
        people.stream()
                .filter(Kept::needsEntry)
                .forEach(kept -> kept.head().due().ifPresent(due -> moments.put(kept.key(), due)));
        var results = moments.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.dues().schedule(moments);
        return people.stream()
                .filter(kept -> isWritten(
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
        var kept = new Kept(
                folded.arrivals(),
                folded.found(),
                folded.state().with(outcome.recent()),
                revision,
                folded.told(),
                folded.kind(),
                folded.read().names());
        keptPeople.put(kept.key(), kept);
        return kept;
    }

    private List<Proposed> propose(List<Kept> people) {
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
            found(key, stored, "unreadable_profile").ifPresent(before -> {
                if (!isUpToDate(
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
            if (isWritten(result, key, Optional.empty())) {
                verdicts.put(key, new Verdict.Again(Optional.empty()));
            }
        });
    }

    private List<Proposed> write(List<Proposed> people) {
        var results = people.isEmpty()
                ? Map.<PersonKey, WriteResult>of()
                : stores.profiles().write(people.stream().map(Proposed::after).toList());
        List<Proposed> written = new ArrayList<>();
        for (Proposed proposed : people) {
            PersonKey key = proposed.after().key();
            Optional<Cause.Kind> folded = Optional.of(proposed.kept().kind());
            if (isWritten(results.getOrDefault(key, WriteResult.UNREACHABLE), key, folded)) {
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
    private void confirm(List<Kept> people) {
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
            found(each.key(), revisions, "unreadable_state").ifPresent(revision -> {
                boolean moved = revision != each.revision();
                verdicts.put(each.key(), moved ? new Verdict.Again(Optional.of(each.kind())) : new Verdict.Done());
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
