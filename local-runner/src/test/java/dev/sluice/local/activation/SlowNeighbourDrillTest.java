package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.eventsource.EventSourceCounters;
import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.Mood;
import dev.sluice.local.partner.RecordingPartner;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.activation.ProfileChange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises of two webhooks that share a function, one of which takes everything but answers after long: the stream waits for
 * it once; what comes then is taken from the stream without a call of it, though each change is for both; the schedule tells
 * it what was left, and in the end both have the same.
 *
 * <p>After its first answer the slow one holds every call, and lets go only when the stream is empty: so calls that the
 * stream made would be seen.
 */
@ExtendWith(SharedServers.class)
class SlowNeighbourDrillTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SEGMENT = "gold";
    private static final int PEOPLE = 20;
    /** Below the five seconds that a webhook has; if it is more on a busy machine, an answer that is lost is slow too. */
    private static final Duration LONG = Duration.ofMillis(4_500);

    private final LocalServers servers;

    SlowNeighbourDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void whatIsForASlowOneIsTakenFromTheStreamWithoutWaitingForIt() throws IOException {
        try (var rig = ActivationRig.start(servers, "neighbour");
                var quick = RecordingPartner.start(0, SECRET, Clock.systemUTC());
                var slow = RecordingPartner.start(0, SECRET, Clock.systemUTC())) {
            rig.secret("webhook", SECRET);
            rig.publish(connection("quick", quick), connection("slow", slow));
            rig.lookByHand();
            rig.serve("webhook", Map.of()).join();
            var crowd = new Crowd();
            slow.feel(new Mood.Slow(LONG));
            Eventually.until("the stream has called the slow one", () -> {
                // On a busy machine there may be no time left to call anybody; one person's records are one shard's.
                rig.put(List.of(toggled(crowd, "p0")));
                Eventually.until("it is taken", () -> rig.hasTakenAll("webhook"));
                return slow.deliveryCount() > 0;
            });

            slow.feel(new Mood.Hanging());
            rig.put(List.of(toggled(crowd, "p0")));
            for (int i = 1; i < PEOPLE; i++) {
                rig.put(List.of(crowd.enters("p" + i, SEGMENT)));
            }
            Eventually.until("the stream is empty", () -> rig.hasTakenAll("webhook"));

            EventSourceCounters stream = rig.done("webhook");
            assertThat(stream.retries()).isZero();
            assertThat(stream.failedInvocations()).isZero();
            assertThat(slow.hanging()).as("calls that it holds").isZero();
            slow.feel(new Mood.Well());
            assertThat(slow.recorded().refused()).as("calls that it held").isZero();
            assertThat(slow.deliveryCount()).isEqualTo(1);

            Set<String> people = crowd.in(SEGMENT);
            Eventually.until("both have been told everything", () -> {
                rig.tellDue("webhook");
                return told(quick).equals(people) && told(slow).equals(people);
            });
        }
    }

    private static ProfileChange toggled(Crowd crowd, String person) {
        return crowd.in(SEGMENT).contains(person) ? crowd.leaves(person, SEGMENT) : crowd.enters(person, SEGMENT);
    }

    private static String connection(String name, RecordingPartner partner) {
        return """
                {"name":"%s","partner":"webhook","segments":"all","secret":"webhook",
                 "settings":{"url":"%s","callsPerSecond":1000}}""".formatted(name, partner.address());
    }

    /** Who is in the segment, by the newest that the partner was told of each. */
    private static Set<String> told(RecordingPartner partner) {
        Map<String, Delivery> newest = new TreeMap<>();
        partner.recorded()
                .deliveries()
                .forEach(one -> newest.merge(
                        one.person().substring(one.person().indexOf('/') + 1),
                        one,
                        (before, after) -> after.version() > before.version() ? after : before));
        Set<String> in = new TreeSet<>();
        newest.forEach((person, last) -> {
            if (last.entered()) {
                in.add(person);
            }
        });
        return in;
    }
}
