package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.audience.JudgingServer;
import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.activation.ProfileChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: 100,000 changes that come at once are all told, each once; the partner is called no oftener than its rate
 * allows since the flood began, one second's burst and a twentieth besides. How much of the rate was used, and how often it
 * was called in the worst stretch of that time, is said, not judged: the stand-ins share two cores with all else, and calls
 * that were apart when they were made are close together when a busy partner notes them.
 */
@ExtendWith(SharedServers.class)
class RateDrillTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int PEOPLE = 5_000;
    private static final int SEGMENTS = 20;
    private static final int BATCH = Integer.getInteger("sluice.drill.batch", 100);
    private static final int CALLS_PER_SECOND = Integer.getInteger("sluice.drill.callsPerSecond", 40);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LocalServers servers;
    private final ConcurrentLinkedQueue<Long> calls = new ConcurrentLinkedQueue<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    RateDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void aFloodOfChangesIsToldAtTheRateAndNoFaster() {
        try (var rig = ActivationRig.start(servers, "rate");
                var partner = new JudgingServer(this::take)) {
            rig.secret("webhook", SECRET);
            rig.publish("""
                    {"name":"webhook","partner":"webhook","segments":"all","secret":"webhook",
                     "settings":{"url":"%s/in","batch":%d,"callsPerSecond":%d}}""".formatted(partner.base(), BATCH, CALLS_PER_SECOND));
            rig.serve("webhook", Map.of()).join();
            var crowd = new Crowd();
            Set<String> segments = new TreeSet<>();
            for (int i = 0; i < SEGMENTS; i++) {
                segments.add("s" + i);
            }
            List<ProfileChange> flood = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                flood.add(crowd.change("p" + i, segments, Set.of()));
            }
            long begun = System.nanoTime();
            rig.put(flood);

            Eventually.within(LIMIT, "everything told", () -> told.size() == PEOPLE * SEGMENTS);
            long[] at = calls.stream().mapToLong(Long::longValue).sorted().toArray();
            assertNoFasterThanTheRate(at, begun);
            double seconds = (at[at.length - 1] - at[0]) / 1e9;
            ActivationRig.say(
                    "%d changes in %d calls over %.1f s: %.1f calls/s of %d allowed, %.1f %% of the rate; in the worst stretch %.2f of what"
                            + " is allowed",
                    PEOPLE * SEGMENTS,
                    at.length,
                    seconds,
                    at.length / seconds,
                    CALLS_PER_SECOND,
                    100 * (at.length - 1) / seconds / CALLS_PER_SECOND,
                    worstStretch(at));
        }
    }

    /** A call is noted later than it was made, never earlier: so this holds on any machine. */
    private static void assertNoFasterThanTheRate(long[] at, long begun) {
        for (int i = 0; i < at.length; i++) {
            double allowed = CALLS_PER_SECOND * (1 + (at[i] - begun) / 1e9) * 1.05;
            assertThat((double) i).as("calls before call %d", i).isLessThanOrEqualTo(allowed);
        }
    }

    /** From one call to another: calls of what the rate and one second's burst allow, at most. */
    private static double worstStretch(long[] at) {
        double worst = 0;
        for (int length = CALLS_PER_SECOND; length < at.length; length += CALLS_PER_SECOND) {
            for (int from = 0; from + length < at.length; from++) {
                double seconds = (at[from + length] - at[from]) / 1e9;
                worst = Math.max(worst, length / (CALLS_PER_SECOND * (seconds + 1)));
            }
        }
        return worst;
    }

    private Reply take(JudgingServer.Call call) {
        calls.add(System.nanoTime());
        if (JsonText.read(call.body()) instanceof Value.Many many) {
            for (Value element : many.values()) {
                if (element instanceof Value.Fields delivery) {
                    Value.Fields data = delivery.inner("data");
                    told.add(data.text("userId") + "/" + data.text("segment"));
                }
            }
        }
        return new Reply(204, "", Map.of());
    }
}
