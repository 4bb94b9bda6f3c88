package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: ten thousand malformed bodies are each answered 4xx with a reason, never 5xx; the tracker goes on in the same
 * process; and each of them is kept in S3.
 */
@ExtendWith(SharedRig.class)
class MalformedDrillTest {
    private static final int BODIES = 10_000;
    private static final int AT_ONCE = 16;
    private static final long SEED = 20_261_121;

    private final Rig rig;
    private final Map<String, Integer> byReason = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    MalformedDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    @Test
    void everyMalformedBodyIsRefusedWithAReasonAndKept() {
        rig.calm();
        long pid = rig.tracker().pid();
        long keptBefore = kept();
        long lostBefore = rig.figure("rejectedLost");
        var bodies = new BadBodies(SEED);
        long begun = System.nanoTime();
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (int worker = 0; worker < AT_ONCE; worker++) {
                threads.execute(() -> {
                    for (int i = 0; i < BODIES / AT_ONCE; i++) {
                        send(bodies);
                    }
                });
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(wrong.stream().limit(10)).as("of seed " + SEED).isEmpty();
        assertThat(byReason.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(BODIES);
        assertThat(rig.tracker().pid()).as("no restart").isEqualTo(pid);
        Eventually.until("all kept", () -> kept() - keptBefore >= BODIES);
        assertThat(kept() - keptBefore).isEqualTo(BODIES);
        assertThat(rig.figure("rejectedLost") - lostBefore).as("lost").isZero();
        Rig.say(
                "%d malformed bodies in %d ms: all 4xx, 0 restarts, all kept in S3; %s",
                BODIES, took.toMillis(), new TreeMap<>(byReason));
    }

    private void send(BadBodies bodies) {
        BadBodies.Bad bad;
        synchronized (bodies) {
            bad = bodies.next();
        }
        var request = HttpRequest.newBuilder(Rig.at(rig.tracker(), "/v1/track"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", Clients.basic(Rig.WRITE_KEY));
        if (bad.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        try {
            HttpResponse<byte[]> answer = rig.http()
                    .send(
                            request.POST(HttpRequest.BodyPublishers.ofByteArray(bad.bytes()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            Value.Fields said = JsonText.readObject(answer.body());
            boolean isRefused = answer.statusCode() / 100 == 4
                    && !said.text("code").isEmpty()
                    && !said.text("message").isEmpty();
            if (isRefused) {
                byReason.merge(answer.statusCode() + " " + said.text("code"), 1, Integer::sum);
            } else {
                wrong.add(bad.kind() + ": " + answer.statusCode());
            }
        } catch (IOException e) {
            wrong.add(bad.kind() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long kept() {
        return rig.keys("rejected/").stream()
                .mapToLong(key -> rig.lines(key).size())
                .sum();
    }
}
