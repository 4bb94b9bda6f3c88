package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: taking over what another name has kept is folding all events of both, whichever is merged into which, however often,
 * before or after other events; taking it out again leaves what there would be without; of what was settled no trait and
 * nothing entered for good is lost.
 */
class FoldMergeTest {
    private static final long SEED = 20_261_171L;
    private static final PersonKey OTHER = PersonKey.ofAnonymous("demo", "a1");
    private static final Fold FOLD = new Fold(Histories.WHOLE_LANGUAGE, new RuleEvaluator(Histories.WHOLE_LANGUAGE));

    @Test
    void mergingIsFoldingTheEventsOfBoth() {
        for (int history = 0; history < 200; history++) {
            var random = new Random(SEED + history);
            List<Event> own = Histories.copies(random);
            List<Event> others = ofOther(Histories.copies(random));
            Instant now = Histories.END.plusSeconds(random.nextInt(2_400));
            List<Event> all = new ArrayList<>(own);
            all.addAll(others);
            Recent union = now(take(Histories.PERSON, Recent.NOTHING, all), now);

            int cut = random.nextInt(own.size());
            Recent first = take(Histories.PERSON, Recent.NOTHING, own.subList(0, cut));
            UserState other = new UserState(OTHER, take(OTHER, Recent.NOTHING, others));
            Recent merged = merge(Histories.PERSON, first, other);
            merged = take(Histories.PERSON, merged, own.subList(cut, own.size()));
            merged = merge(Histories.PERSON, merged, other);
            merged = now(merged, now);

            assertThat(merged.events()).as("seed %d", SEED + history).isEqualTo(union.events());
            assertThat(sinces(merged)).as("seed %d", SEED + history).isEqualTo(sinces(union));
            assertThat(sinces(union)).isEqualTo(BruteForceProfile.of(Histories.WHOLE_LANGUAGE, all, now));
        }
    }

    @Test
    void whicheverIsMergedIntoWhichTheMembershipsAreTheSame() {
        for (int history = 0; history < 200; history++) {
            var random = new Random(SEED + history);
            Recent one = take(Histories.PERSON, Recent.NOTHING, Histories.copies(random));
            Recent other = take(OTHER, Recent.NOTHING, ofOther(Histories.copies(random)));

            Recent there = merge(Histories.PERSON, one, new UserState(OTHER, other));
            Recent back = merge(OTHER, other, new UserState(Histories.PERSON, one));

            assertThat(sinces(now(there, Histories.END))).isEqualTo(sinces(now(back, Histories.END)));
        }
    }

    @Test
    void takingOutAgainLeavesWhatThereWouldBeWithout() {
        for (int history = 0; history < 200; history++) {
            var random = new Random(SEED + history);
            List<Event> own = Histories.copies(random);
            Recent alone = now(take(Histories.PERSON, Recent.NOTHING, own), Histories.END);
            Recent other = take(OTHER, Recent.NOTHING, ofOther(Histories.copies(random)));
            Recent merged =
                    merge(Histories.PERSON, take(Histories.PERSON, Recent.NOTHING, own), new UserState(OTHER, other));

            List<Occurrence> left = merged.events().stream()
                    .filter(event -> event.sentBy().isEmpty())
                    .toList();
            Recent again = FOLD.only(new UserState(Histories.PERSON, merged), left, Histories.END);
            List<Occurrence> gone = merged.events().stream()
                    .filter(event -> event.sentBy().isPresent())
                    .toList();
            var emptied = new UserState(OTHER, other.takenOver(Histories.END));
            Recent returned = FOLD.only(emptied, gone, Histories.END);

            assertThat(again.events()).isEqualTo(alone.events());
            assertThat(sinces(again)).as("seed %d", SEED + history).isEqualTo(sinces(alone));
            assertThat(returned.events()).isEqualTo(other.events());
            assertThat(sinces(returned)).as("seed %d", SEED + history).isEqualTo(sinces(now(other, Histories.END)));
        }
    }

    @Test
    void aNameThatWasTakenOverIsInNoSegmentAndSaysWhatItLeft() {
        Recent other = take(OTHER, Recent.NOTHING, ofOther(Histories.copies(new Random(SEED))));
        assertThat(other.head().memberships()).isNotEmpty();

        Recent emptied = other.takenOver(Histories.END);

        assertThat(emptied.head().memberships()).isEmpty();
        assertThat(emptied.head().due()).isEmpty();
        assertThat(emptied.head().past())
                .extracting(PastMembership::segment)
                .containsAll(other.head().memberships().keySet());
    }

    @Test
    void whatWasSettledForGoodIsNotLostByMerging() {
        for (int history = 0; history < 2; history++) {
            var random = new Random(SEED + history);
            List<Event> own = Histories.copies(random);
            Recent other = take(OTHER, Recent.NOTHING, ofOther(Histories.busy(random, 700)));
            assertThat(other.base().at()).isAfter(Instant.MIN);

            Recent once =
                    merge(Histories.PERSON, take(Histories.PERSON, Recent.NOTHING, own), new UserState(OTHER, other));
            Recent twice = merge(Histories.PERSON, once, new UserState(OTHER, other));

            other.base().memberships().forEach((segment, membership) -> {
                if (segment.equals("fan") || segment.equals("rooted")) {
                    assertThat(once.head().memberships())
                            .hasEntrySatisfying(
                                    segment,
                                    joined -> assertThat(joined.since()).isBeforeOrEqualTo(membership.since()));
                }
            });
            assertThat(other.base().memberships()).containsKey("fan");
            assertThat(twice.head().memberships())
                    .containsOnlyKeys(once.head().memberships().keySet());
        }
    }

    private static Recent take(PersonKey key, Recent recent, List<Event> events) {
        return FOLD.take(new UserState(key, recent), events).recent();
    }

    private static Recent merge(PersonKey key, Recent recent, UserState other) {
        return FOLD.take(new UserState(key, recent), List.of(), List.of(other), Optional.empty())
                .recent();
    }

    private static Recent now(Recent recent, Instant now) {
        return FOLD.take(new UserState(Histories.PERSON, recent), List.of(), Optional.of(now))
                .recent();
    }

    private static List<Event> ofOther(List<Event> events) {
        return events.stream()
                .map(event -> new Event(
                        OTHER,
                        "a-" + event.id(),
                        event.type(),
                        event.name(),
                        event.timestamp(),
                        event.receivedAt(),
                        event.traceparent(),
                        event.properties(),
                        event.traits()))
                .toList();
    }

    private static Map<String, Instant> sinces(Recent recent) {
        Map<String, Instant> sinces = new TreeMap<>();
        recent.head().memberships().forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }
}
