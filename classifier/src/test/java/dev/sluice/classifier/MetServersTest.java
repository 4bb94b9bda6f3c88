package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryMeetings;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/**
 * What a process knows of the servers of the store of states:
 *
 * <ul>
 *   <li>whom nobody has met at a place is no loss if nobody was met there before, and one of now else, also in a process
 *       that has not met the place;
 *   <li>a loss that another process noticed is known to who starts later, with its moment and its share, and is no news;
 *       processes that notice one at once agree on the moment of the first to write it down;
 *   <li>while what was met before cannot be read, who does not know the place waits; who does waits for nothing, and what
 *       it could not write down is written later, or noticed by the next process;
 *   <li>what was written down and cannot be understood makes everybody there held, and nobody wait;
 *   <li>what is written down is bounded.
 * </ul>
 */
class MetServersTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Server FIRST = new Server("p1", "d1");
    private static final Server SECOND = new Server("p2", "d1");
    private static final Server EMPTY = new Server("p2", "d2");

    private final MemoryMeetings stored = new MemoryMeetings();
    private boolean away;
    private boolean readOnly;
    private Optional<String> unreadable = Optional.empty();
    private Instant now = Samples.NOON;

    /** The store, as the fields above have it. */
    private final Meetings meetings = new Meetings() {
        @Override
        public Answer<Optional<Meeting>> read(String place) {
            if (away) {
                return new Answer.Unreachable<>("away");
            }
            return unreadable
                    .<Answer<Optional<Meeting>>>map(Answer.Unreadable::new)
                    .orElseGet(() -> stored.read(place));
        }

        @Override
        public WriteResult write(Meeting meeting) {
            return away || readOnly ? WriteResult.UNREACHABLE : stored.write(meeting);
        }
    };

    private final class Process {
        private final Losses losses = new Losses();
        private final List<StoreLoss> news = new ArrayList<>();
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final MetServers servers;

        Process(boolean waits) {
            servers = new MetServers(meetings, losses, news::add, () -> now, waits ? waiting::add : Runnable::run);
        }

        boolean meets(Server server) {
            return meets(server, "all");
        }

        boolean meets(Server server, String share) {
            var met = servers.meet(new WholeStore(share), server).toCompletableFuture();
            return met.isDone() && !met.isCompletedExceptionally();
        }

        List<StoreLoss.Kind> kinds() {
            return news.stream().map(StoreLoss::kind).toList();
        }

        /** Since when a person who was last written before everything may have lost something. */
        Optional<Instant> since() {
            return since(Instant.EPOCH);
        }

        Optional<Instant> since(Instant keptAt) {
            return losses.since(new UserState(
                    ANN,
                    Snapshot.NONE,
                    Snapshot.NONE,
                    Recent.NOTHING,
                    1,
                    Optional.of(keptAt),
                    false,
                    Optional.empty()));
        }
    }

    @Test
    void whomNobodyHasMetIsALossOnlyIfSomebodyWasMetBefore() {
        var first = new Process(false);
        assertThat(first.meets(FIRST)).isTrue();
        assertThat(first.meets(FIRST)).isTrue();
        assertThat(first.since()).isEmpty();
        var restarted = new Process(false);
        assertThat(restarted.meets(FIRST)).isTrue();
        assertThat(restarted.since()).isEmpty();

        now = now.plusSeconds(1);
        for (Server other : List.of(SECOND, EMPTY)) {
            now = now.plusSeconds(1);
            var later = new Process(false);
            assertThat(later.meets(other)).isTrue();
            assertThat(later.since(now.minusMillis(1))).contains(now);
            assertThat(later.since(now)).isEmpty();
            assertThat(later.kinds())
                    .containsExactly(other.equals(SECOND) ? StoreLoss.Kind.REPLACED : StoreLoss.Kind.EMPTIED);
        }
    }

    @Test
    void aLossThatAnotherNoticedIsKnownToWhoStartsLaterAndIsNoNews() {
        var first = new Process(false);
        first.meets(FIRST);
        now = now.plusSeconds(60);
        first.meets(SECOND);
        Instant noticed = now;
        now = now.plusSeconds(60);
        first.meets(EMPTY, WholeStore.NOBODYS);
        assertThat(first.kinds()).containsExactly(StoreLoss.Kind.REPLACED, StoreLoss.Kind.EMPTIED);
        now = now.plusSeconds(60);

        var later = new Process(false);
        assertThat(later.meets(EMPTY)).isTrue();
        assertThat(later.since(noticed.minusMillis(1))).contains(noticed);
        assertThat(later.since(noticed)).as("whose share was not lost then").isEmpty();
        assertThat(later.news).isEmpty();
    }

    @Test
    void processesThatNoticeALossAtOnceAgreeOnTheFirstMoment() {
        var one = new Process(false);
        var other = new Process(false);
        one.meets(FIRST);
        other.meets(FIRST);
        now = now.plusSeconds(1);
        Instant noticed = now;
        one.meets(SECOND);
        now = now.plusSeconds(1);
        other.meets(SECOND);

        assertThat(other.kinds()).containsExactly(StoreLoss.Kind.REPLACED);
        assertThat(written().losses()).extracting(Meeting.Loss::at).containsExactly(noticed);
        assertThat(written().server()).isEqualTo(SECOND);
    }

    @Test
    void whoDoesNotKnowThePlaceWaitsWhileWhatWasMetBeforeCannotBeRead() {
        new Process(false).meets(FIRST);
        var later = new Process(false);
        away = true;
        assertThat(later.meets(SECOND)).isFalse();
        assertThat(later.meets(SECOND)).isFalse();
        assertThat(later.since()).isEmpty();

        away = false;
        now = now.plusSeconds(1);
        assertThat(later.meets(SECOND)).isTrue();
        assertThat(later.since()).contains(now);
    }

    @Test
    void whoDoesNotKnowThePlaceIsToldNothingBeforeWhatWasMetBeforeIsRead() {
        new Process(false).meets(FIRST);
        var later = new Process(true);
        var met = later.servers.meet(new WholeStore("all"), SECOND).toCompletableFuture();
        assertThat(met).isNotDone();

        later.waiting.remove().run();
        assertThat(met).isCompleted();
        assertThat(later.since()).isPresent();
    }

    @Test
    void whatCouldNotBeWrittenDownIsWrittenLaterOrNoticedByTheNextProcess() {
        var first = new Process(false);
        first.meets(FIRST);
        away = true;
        now = now.plusSeconds(1);
        Instant noticed = now;
        assertThat(first.meets(SECOND))
                .as("who knows the place waits for nothing")
                .isTrue();
        assertThat(first.since()).contains(noticed);
        now = now.plusSeconds(1);
        away = false;
        readOnly = true;
        assertThat(first.meets(SECOND)).isTrue();

        var died = new Process(false);
        assertThat(died.meets(SECOND)).isTrue();
        assertThat(died.since()).contains(now);

        readOnly = false;
        now = now.plusSeconds(1);
        assertThat(first.meets(SECOND)).isTrue();
        assertThat(first.kinds()).containsExactly(StoreLoss.Kind.REPLACED);
        assertThat(written().losses()).extracting(Meeting.Loss::at).containsExactly(noticed);
    }

    @Test
    void whatCannotBeUnderstoodMakesEverybodyHeldAndNobodyWait() {
        new Process(false).meets(FIRST);
        unreadable = Optional.of("of a later release");
        var later = new Process(false);

        assertThat(later.meets(FIRST)).isTrue();
        assertThat(later.meets(FIRST)).isTrue();
        assertThat(later.since()).contains(now);
        assertThat(later.news).hasSize(1);
    }

    @Test
    void whatIsWrittenDownIsBounded() {
        var first = new Process(false);
        first.meets(FIRST);
        for (int i = 0; i < 10 * Meeting.MAX_LOSSES; i++) {
            now = now.plusSeconds(1);
            first.meets(new Server("p" + i, i % 3 == 0 ? "x" : "y"), i == 0 ? WholeStore.NOBODYS : "all");
        }

        assertThat(written().losses()).hasSize(Meeting.MAX_LOSSES);
        assertThat(written().losses().getFirst().share()).isEqualTo(Place.EVERYTHING);
        var later = new Process(false);
        later.meets(written().server());
        assertThat(later.since(now.minusMillis(1))).contains(now);
        assertThat(later.since(now)).isEmpty();
    }

    private Meeting written() {
        if (stored.read("place") instanceof Answer.Found<Optional<Meeting>>(var last)) {
            return last.orElseThrow();
        }
        throw new AssertionError("the memory can be read");
    }
}
