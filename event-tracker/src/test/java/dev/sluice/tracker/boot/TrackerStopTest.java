package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.TRACK;
import static dev.sluice.tracker.boot.RunningTracker.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The whole program. Promises: a stop under load loses nothing that was answered 200, and no answer is a 5xx. */
final class TrackerStopTest {
    private static final int CLIENTS = 16;

    @Test
    void whatWasAcknowledgedDuringAStopIsInTheStream() throws InterruptedException {
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var failed = new ConcurrentLinkedQueue<Integer>();
        var gone = new AtomicBoolean();
        try (var tracker = new RunningTracker()) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "stop-" + i + "-";
                clients.add(Thread.ofPlatform().start(() -> send(tracker, name, acknowledged, failed, gone)));
            }
            await(() -> acknowledged.size() > 100);

            tracker.stop();
            gone.set(true);
            for (Thread client : clients) {
                client.join();
            }

            Set<String> stored = tracker.events().stream().map(Event::id).collect(Collectors.toSet());
            assertThat(failed).isEmpty();
            assertThat(stored).containsAll(acknowledged);
        }
    }

    /** Until nobody answers any more. */
    private static void send(
            RunningTracker tracker,
            String name,
            ConcurrentLinkedQueue<String> acknowledged,
            ConcurrentLinkedQueue<Integer> failed,
            AtomicBoolean gone) {
        try {
            for (int i = 0; i < 100_000 && !gone.get(); i++) {
                int status =
                        tracker.post("/v1/track", TRACK.replace("m1", name + i)).statusCode();
                if (status == 200) {
                    acknowledged.add(name + i);
                } else {
                    failed.add(status);
                }
            }
        } catch (AssertionError nobodyAnswers) {
            // The tracker has stopped.
        }
    }
}
