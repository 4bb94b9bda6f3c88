package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Promises of a person at a moment: the memberships are those of the definition, whatever has happened since; what is shown
 * to the conditions gives the answers by which the person is in each live segment, or is not; before what is settled there is
 * nothing to show.
 */
class FoldAtAMomentTest {
    private static final long SEED = 20_261_122L;
    private static final RuleSet RULES = Histories.WHOLE_LANGUAGE;
    private static final RuleEvaluator EVALUATOR = new RuleEvaluator(RULES);
    private static final Fold FOLD = new Fold(RULES, EVALUATOR);

    @Test
    void itIsTheDefinedProfileOfThatMomentAndWhatIsSeenExplainsIt() {
        int shown = 0;
        int in = 0;
        for (int history = 0; history < 500; history++) {
            var random = new Random(SEED + history);
            List<Event> copies = Histories.copies(random);
            var state = new UserState(
                    Histories.PERSON,
                    FOLD.take(new UserState(Histories.PERSON, Recent.NOTHING), Histories.shuffled(copies, random))
                            .recent());
            for (int i = 0; i < 5; i++) {
                Instant moment = i == 0
                        ? copies.get(0).timestamp()
                        : Histories.START.plusSeconds(random.nextInt(6_000)).plusMillis(random.nextInt(2));
                Fold.View view = FOLD.at(state, moment).orElseThrow();

                assertThat(sinces(view.state()))
                        .as("seed %d at %s", SEED + history, moment)
                        .isEqualTo(BruteForceProfile.of(RULES, upTo(copies, moment), moment));
                Set<String> live = live(Set.copyOf(view.state().direct()));
                assertThat(view.seen().map(EVALUATOR::matching).map(FoldAtAMomentTest::live))
                        .as("seed %d at %s", SEED + history, moment)
                        .isEqualTo(view.seen().map(any -> live));
                assertThat(view.seen().map(Observation::at).orElse(moment)).isEqualTo(moment);
                shown += view.seen().isPresent() ? 1 : 0;
                in += live.size();
            }
        }
        assertThat(shown).isBetween(1_000, 2_499);
        assertThat(in).as("or nothing was compared").isGreaterThan(500);
    }

    @Test
    void beforeWhatIsSettledThereIsNothingToShow() {
        var settled = new FoldState(
                Histories.START,
                "e",
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                Map.of(),
                List.of(),
                Optional.empty());
        var recent = new Recent(RULES.number(), settled, List.of(), settled, Optional.empty());
        var state = new UserState(Histories.PERSON, recent);

        assertThat(FOLD.at(state, Histories.START.minusMillis(1))).isEmpty();
        assertThat(FOLD.at(state, Histories.START)).isPresent();
    }

    /** Of several copies of one event the one received first, of two received at once the earlier. */
    private static List<Event> upTo(List<Event> copies, Instant moment) {
        Map<String, Event> canonical = new HashMap<>();
        for (Event copy : copies) {
            canonical.merge(copy.id(), copy, FoldAtAMomentTest::first);
        }
        return canonical.values().stream()
                .filter(event -> !event.timestamp().isAfter(moment))
                .toList();
    }

    private static Event first(Event one, Event other) {
        int received = one.receivedAt().compareTo(other.receivedAt());
        boolean oneIs = received < 0 || (received == 0 && !other.timestamp().isBefore(one.timestamp()));
        return oneIs ? one : other;
    }

    private static Set<String> live(Set<String> segments) {
        Set<String> live = new TreeSet<>();
        RULES.segments().stream()
                .filter(segment -> segment.kind() instanceof Segment.Live)
                .map(Segment::id)
                .filter(segments::contains)
                .forEach(live::add);
        return live;
    }

    private static Map<String, Instant> sinces(FoldState state) {
        Map<String, Instant> sinces = new TreeMap<>();
        state.memberships().forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }
}
