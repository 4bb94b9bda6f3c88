package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What every {@link UserStates} promises:
 *
 * <ul>
 *   <li>of someone unknown there is an empty state of revision 0;
 *   <li>what is kept is read back, one revision higher, with when it was written, beside what other writers wrote;
 *   <li>a write with an old revision changes nothing; of writers at once, one wins;
 *   <li>one person's conflict or unreadable state does not touch another's answer;
 *   <li>nobody asked for is answered by nothing.
 * </ul>
 */
public abstract class UserStatesContract {
    private final PersonKey one = Samples.person("one/ä-" + UUID.randomUUID());
    private final PersonKey two = Samples.person("two-" + UUID.randomUUID());

    protected abstract UserStates states();

    /** Writes a field as another writer does. */
    protected abstract void put(PersonKey key, String field, String value);

    @Test
    void someoneUnknownHasAnEmptyStateOfRevisionZero() {
        assertThat(states().read(List.of(one)))
                .isEqualTo(Map.of(one, new Answer.Found<>(new UserState(one, Recent.NOTHING))));
        assertThat(Samples.revisions(states(), List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(0L)));
    }

    @Test
    void aNameGoesByAPersonUntilItIsKeptAsOneOfItsOwn() {
        var goesBy = new UserStates.Change(one, 0, 1, Samples.recent("a"), false, Optional.of(two));
        assertThat(states().keep(List.of(goesBy))).containsValue(WriteResult.WRITTEN);
        assertThat(goesBy(one)).contains(two);

        assertThat(keep(one, 1, "b")).isEqualTo(WriteResult.WRITTEN);
        assertThat(goesBy(one)).isEmpty();
    }

    private Optional<PersonKey> goesBy(PersonKey key) {
        return states().read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)
                ? state.goesBy()
                : Optional.empty();
    }

    @Test
    void whatIsKeptIsReadBackBesideWhatOthersWrote() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        put(one, "profile", "{\"deviceOS\":\"iOS\"}");
        put(one, "profileVersion", "7");
        put(one, "stats", "{\"isRegularPlayer\":true}");

        assertThat(keep(one, 0, "a")).isEqualTo(WriteResult.WRITTEN);
        assertThat(keep(one, 1, "b")).isEqualTo(WriteResult.WRITTEN);

        UserState read = state(one);
        assertThat(read.keptAt()).hasValueSatisfying(at -> assertThat(at).isBetween(before, Instant.now()));
        assertThat(read)
                .isEqualTo(new UserState(
                        one,
                        new Snapshot(7, new Value.Fields(Map.of("deviceOS", Value.of("iOS")))),
                        new Snapshot(0, new Value.Fields(Map.of("isRegularPlayer", Value.of(true)))),
                        Samples.recent("b"),
                        2,
                        read.keptAt(),
                        false,
                        Optional.empty()));
        assertThat(Samples.revisions(states(), List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(2L)));
    }

    @Test
    void whetherTheProfileIsKnownToSayTheSameFallsWithTheNextWriteUnlessThatSaysSo() {
        keep(one, 0, "a");
        assertThat(states().confirm(Map.of(one, 1L))).isEqualTo(Map.of(one, new Answer.Found<>(1L)));
        assertThat(state(one).told()).isTrue();

        assertThat(states().keep(List.of(new UserStates.Change(one, 1, 2, Samples.recent("b"), true))))
                .isEqualTo(Map.of(one, WriteResult.WRITTEN));
        assertThat(state(one).told()).isTrue();

        keep(one, 2, "c");
        assertThat(state(one).told()).isFalse();
        assertThat(states().confirm(Map.of(one, 2L))).isEqualTo(Map.of(one, new Answer.Found<>(3L)));
        assertThat(state(one).told()).isFalse();
        assertThat(states().confirm(Map.of(two, 0L))).isEqualTo(Map.of(two, new Answer.Found<>(0L)));
        assertThat(state(two).told()).isFalse();
    }

    @Test
    void aWriteWithAnOldRevisionChangesNothing() {
        assertThat(keep(one, 0, "a")).isEqualTo(WriteResult.WRITTEN);

        assertThat(keep(one, 0, "b")).isEqualTo(WriteResult.CONFLICT);
        assertThat(keep(one, 2, "b")).isEqualTo(WriteResult.CONFLICT);

        assertThat(recent(one)).isEqualTo(Samples.recent("a"));
    }

    @Test
    void ofWritersAtOnceOneWins() {
        List<CompletableFuture<WriteResult>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String segment = "s" + i;
            writers.add(CompletableFuture.supplyAsync(() -> keep(one, 0, segment)));
        }
        assertThat(writers.stream().map(CompletableFuture::join))
                .containsOnlyOnce(WriteResult.WRITTEN)
                .containsOnly(WriteResult.WRITTEN, WriteResult.CONFLICT);
        assertThat(Samples.revisions(states(), List.of(one))).isEqualTo(Map.of(one, new Answer.Found<>(1L)));
    }

    @Test
    void onePersonsConflictDoesNotTouchAnother() {
        assertThat(keep(one, 0, "a")).isEqualTo(WriteResult.WRITTEN);

        assertThat(states().keep(List.of(
                        new UserStates.Change(one, 0, Samples.recent("b")),
                        new UserStates.Change(two, 0, Samples.recent("b")))))
                .isEqualTo(Map.of(one, WriteResult.CONFLICT, two, WriteResult.WRITTEN));
    }

    @Test
    void anUnreadableStateIsSaidOfThatPersonOnly() {
        put(one, "recent", "{\"v\":99}");
        put(one, "rev", "7");

        Map<PersonKey, Answer<UserState>> answers = states().read(List.of(one, two));

        assertThat(answers.get(one)).isInstanceOf(Answer.Unreadable.class);
        assertThat(answers.get(two)).isInstanceOf(Answer.Found.class);
    }

    @Test
    void manyAreReadAtOnceEachOnce() {
        List<PersonKey> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(Samples.person("many-" + i + "-" + UUID.randomUUID()));
        }
        assertThat(states().read(many)).hasSize(250).containsOnlyKeys(many);
    }

    @Test
    void nobodyAskedForIsAnsweredByNothing() {
        assertThat(states().read(List.of())).isEmpty();
        assertThat(states().keep(List.of())).isEmpty();
        assertThat(Samples.revisions(states(), List.of())).isEmpty();
    }

    private WriteResult keep(PersonKey key, long revision, String segment) {
        return states().keep(List.of(new UserStates.Change(key, revision, Samples.recent(segment))))
                .getOrDefault(key, WriteResult.UNREACHABLE);
    }

    private Recent recent(PersonKey key) {
        return state(key).recent();
    }

    private UserState state(PersonKey key) {
        return states().read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)
                ? state
                : new UserState(key, Recent.NOTHING);
    }
}
