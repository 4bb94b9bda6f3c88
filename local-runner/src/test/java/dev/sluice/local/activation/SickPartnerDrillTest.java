package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.audience.JudgingServer.Reply;
import dev.sluice.activators.braze.BrazeServer;
import dev.sluice.local.eventsource.EventSourceCounters;
import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.partner.RecordingPartner;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.activation.ProfileChange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: while one partner hangs, answers 500, 429, an HTML page with 200, or 410, another is told everything, each
 * change in one request; and when the sick one is well again (and let go again, where it had to be parked) it has everybody
 * whom it should have.
 *
 * <p>That nothing of the one waits for the other is judged by what has happened at a moment that both share, not by a clock:
 * the well one's stream function has done every record, none of them twice, and its partner has every change, while the
 * sick one has heard of not one since it fell ill, and cannot before it is let go. How much later the other hears is said, not
 * judged: all share two cores.
 */
@ExtendWith(SharedServers.class)
class SickPartnerDrillTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int PEOPLE = 60;
    private static final String SEGMENT = "gold";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LocalServers servers;
    private final Map<String, Long> put = new HashMap<>();

    SickPartnerDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void oneSickPartnerDoesNotTouchAnotherAndLosesNothing() throws IOException {
        try (var rig = ActivationRig.start(servers, "sick");
                var well = RecordingPartner.start(0, SECRET, Clock.systemUTC());
                var sick = new BrazeServer()) {
            rig.secret("webhook", SECRET);
            rig.secret("braze", "{\"apiKey\":\"" + BrazeServer.KEY + "\"}");
            rig.publish("""
                    {"name":"webhook","partner":"webhook","segments":"all","secret":"webhook",
                     "settings":{"url":"%s","callsPerSecond":1000}}""".formatted(well.address()), """
                    {"name":"braze","partner":"braze","segments":{"gold":"gold"},"consent":{"all":[]},"secret":"braze",
                     "settings":{"instance":"fra-01"}}""");
            CompletableFuture.allOf(
                            rig.serve("webhook", Map.of()),
                            rig.serve(
                                    "braze",
                                    Map.of(
                                            "SLUICE_PARTNER_STAND_IN",
                                            sick.server().base().toString())))
                    .join();
            var crowd = new Crowd();
            part(rig, crowd, well, "warm-up");
            Duration usual = part(rig, crowd, well, "well");
            Eventually.within(
                    LIMIT, "both have everybody", () -> sick.usersIn(SEGMENT).equals(crowd.in(SEGMENT)));
            Set<String> had = sick.usersIn(SEGMENT);
            Map<String, Reply> moods = new LinkedHashMap<>();
            // First, while calls are made freely: later the breaker spares the sick one most of them.
            moods.put("hanging", Reply.silence());
            moods.put("500", Reply.json(500, "{}"));
            moods.put("429", Reply.json(429, "{}").with("retry-after", "1"));
            moods.put("an HTML page with 200", Reply.html(200));
            moods.put("410", Reply.json(410, "{}"));
            moods.forEach((mood, reply) -> {
                int calls = sick.server().calls().size();
                sick.server().always(reply);
                Duration beside = part(rig, crowd, well, mood);
                ActivationRig.say(
                        "a partner's neighbour that is %s: p99 %d ms, %.1f times the usual %d ms",
                        mood, beside.toMillis(), (double) beside.toNanos() / usual.toNanos(), usual.toMillis());
                if (mood.equals("hanging")) {
                    Eventually.within(
                            LIMIT,
                            "the sick one is called",
                            () -> sick.server().calls().size() > calls);
                }
                assertNothingWaitsForTheSickOne(rig, well);
                assertThat(sick.usersIn(SEGMENT))
                        .as("whom the sick one has while it is " + mood)
                        .isEqualTo(had);
            });

            sick.server().recover();
            String resumed = rig.command("DeliveriesCommand", "resume", "--account", "demo", "--connection", "braze");
            ActivationRig.say("resume: %s", resumed.strip());
            Eventually.within(
                    LIMIT,
                    "the sick partner has everybody",
                    () -> sick.usersIn(SEGMENT).equals(crowd.in(SEGMENT)));
        }
    }

    /** The well one's records are all done, each at the first attempt, and each change was one request. */
    private static void assertNothingWaitsForTheSickOne(ActivationRig rig, RecordingPartner well) {
        Eventually.within(LIMIT, "the well one's stream is empty", () -> rig.hasTakenAll("webhook"));
        EventSourceCounters stream = rig.done("webhook");
        assertThat(stream.retries()).isZero();
        assertThat(stream.failedInvocations()).isZero();
        assertThat(stream.recordsGivenUp()).isZero();
        PartnerRecord told = well.recorded();
        assertThat(told.redelivered()).isZero();
        assertThat(told.refused()).isZero();
    }

    /** Everybody changes; returns the 99th of a hundred of the times from the stream to the partner that is well. */
    private Duration part(ActivationRig rig, Crowd crowd, RecordingPartner well, String name) {
        boolean entering = crowd.in(SEGMENT).isEmpty();
        int before = well.deliveryCount();
        for (int i = 0; i < PEOPLE; i++) {
            String person = "p" + i;
            // Some always stay, so that there is somebody to lose.
            ProfileChange change = entering || i % 3 == 0 && !crowd.in(SEGMENT).contains(person)
                    ? crowd.enters(person, SEGMENT)
                    : i % 3 == 0 ? crowd.enters(person, name.replaceAll("[^a-z0-9]", "")) : toggled(crowd, person);
            put.put(change.key().person() + "/" + change.version(), System.nanoTime());
            rig.put(List.of(change));
        }
        Eventually.within(
                LIMIT,
                "the partner that is well heard of all, beside one that is " + name,
                () -> well.deliveryCount() >= before + PEOPLE);
        List<Long> times = new ArrayList<>();
        for (Delivery delivery : well.latest(PEOPLE)) {
            String person = delivery.person().substring(delivery.person().indexOf('/') + 1);
            times.add(delivery.arrivedNanos() - put.getOrDefault(person + "/" + delivery.version(), 0L));
        }
        return Duration.ofNanos(times.stream().sorted().toList().get(times.size() * 99 / 100));
    }

    private static ProfileChange toggled(Crowd crowd, String person) {
        return crowd.in(SEGMENT).contains(person) ? crowd.leaves(person, SEGMENT) : crowd.enters(person, SEGMENT);
    }
}
