package dev.sluice.activators;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises of the places for calls under way:
 *
 * <ul>
 *   <li>who is alone gets half of them; many who take all that they can get have the same number each, or one more
 *   <li>whoever comes then finds one at once
 *   <li>who waits gets the next that is free, or is told when it is too late
 *   <li>a call that is given up keeps one until its thread has ended
 * </ul>
 */
final class PlacesTest {
    private static final Duration PATIENT = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({"256, 1, 128", "256, 15, 16", "256, 64, 3", "256, 255, 1", "8, 3, 2"})
    void greedyOnesShareAndLeaveRoomForWhoeverComes(int count, int greedy, int least) {
        var places = new Places(count);

        assertThat(takeAll(places, greedy).values()).allMatch(taken -> taken == least || taken == least + 1);
        assertThat(places.take("new", Duration.ZERO)).isTrue();
    }

    /** One place each in turn, until nobody gets any. */
    private static Map<String, Integer> takeAll(Places places, int greedy) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < greedy; i++) {
            names.add("c" + i);
        }
        while (!names.isEmpty()) {
            names.removeIf(name -> !places.take(name, Duration.ZERO));
            names.forEach(name -> taken.merge(name, 1, Integer::sum));
        }
        return taken;
    }

    @Test
    void whoWaitsGetsTheNextThatIsFree() throws Exception {
        var places = new Places(1);
        assertThat(places.take("one", Duration.ZERO)).isTrue();
        var waiting = new FutureTask<>(() -> places.take("other", PATIENT));
        Thread.startVirtualThread(waiting);

        places.giveBack("one");

        assertThat(waiting.get()).isTrue();
        assertThat(places.take("one", Duration.ZERO)).isFalse();
    }

    @Test
    void whoWaitsTooLongIsToldAndHoldsNothing() {
        var places = new Places(1);
        places.take("one", Duration.ZERO);

        assertThat(places.take("other", Duration.ofMillis(5))).isFalse();
        assertThat(places.take("other", Duration.ofMillis(-5))).isFalse();

        places.giveBack("one");
        assertThat(places.take("third", Duration.ZERO)).isTrue();
    }

    @Test
    void whoIsInterruptedHoldsNothingAndStaysInterrupted() throws Exception {
        var places = new Places(1);
        places.take("one", Duration.ZERO);
        var waiting = new FutureTask<>(
                () -> !places.take("other", PATIENT) && Thread.currentThread().isInterrupted());
        Thread waiter = Thread.startVirtualThread(waiting);

        waiter.interrupt();

        assertThat(waiting.get()).isTrue();
    }

    @Test
    void aCallThatIsGivenUpKeepsAPlaceUntilItsThreadHasEnded() {
        var places = new Places(1);
        places.take("one", Duration.ZERO);
        places.givenUp();
        places.giveBack("one");

        assertThat(places.take("one", Duration.ZERO)).isFalse();
        places.ended();
        assertThat(places.take("one", Duration.ZERO)).isTrue();
    }
}
