package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
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
    /** So many together stay below what the tracker holds for S3, however slow that is. */
    private static final int BODIES_A_ROUND = 1_000;

    private static final int AT_ONCE = 10;
    private static final long SEED = 20_261_121;

    private final Rig rig;
    private final Map<String, Integer> byReason = new ConcurrentHashMap<>();
    private final Map<String, Integer> keptByKey = new HashMap<>();
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
        for (int sent = 0; sent < BODIES; sent += BODIES_A_ROUND) {
            sendRound(bodies);
            long soFar = sent + BODIES_A_ROUND;
            Eventually.until("the first " + soFar + " kept", () -> kept() - keptBefore >= soFar);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(wrong.stream().limit(10)).as("of seed " + SEED).isEmpty();
        assertThat(byReason.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(BODIES);
        assertThat(rig.tracker().pid()).as("no restart").isEqualTo(pid);
        assertThat(kept() - keptBefore).as("kept").isEqualTo(BODIES);
        assertThat(rig.figure("rejectedLost") - lostBefore).as("lost").isZero();
        Rig.say(
                "%d malformed bodies in %d ms: all 4xx, 0 restarts, all kept in S3; %s",
                BODIES, took.toMillis(), new TreeMap<>(byReason));
    }

    private void sendRound(BadBodies bodies) {
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (int worker = 0; worker < AT_ONCE; worker++) {
                threads.execute(() -> {
                    for (int i = 0; i < BODIES_A_ROUND / AT_ONCE; i++) {
                        send(bodies);
                    }
                });
            }
        }
    }

    private void send(BadBodies bodies) {
        BadBodies.Bad bad;
        synchronized (bodies) {
            bad = bodies.next();
        }
        var request = HttpRequest.newBuilder(Rig.at(rig.tracker(), "/v1/track"))
                .timeout(Duration.ofSeconds(60))
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
        long kept = 0;
        for (String key : rig.bucket().keys("rejected/")) {
            // An object never changes, so that each is read once; one without lines is being written.
            if (keptByKey.getOrDefault(key, 0) == 0) {
                keptByKey.put(key, rig.bucket().lines(key).size());
            }
            kept += keptByKey.getOrDefault(key, 0);
        }
        return kept;
    }
}
