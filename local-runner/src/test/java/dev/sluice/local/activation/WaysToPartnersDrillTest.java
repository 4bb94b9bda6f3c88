package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.Mood;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.partner.RecordingPartner;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.LineBatch;
import dev.sluice.model.activation.ProfileChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: a poisonous line or record is set aside and stops nobody; who enters and leaves quickly, or while the partner is
 * away, ends in the right state; what the partner refused is told it again by a replay, under the same ids, and a second
 * replay changes nothing; lines that come again tell nobody anything.
 */
@ExtendWith(SharedServers.class)
class WaysToPartnersDrillTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int PEOPLE = 40;

    private final LocalServers servers;

    WaysToPartnersDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void whateverHappensOnTheWayThePartnerEndsWithTheRightPeople() throws IOException {
        try (var rig = ActivationRig.start(servers, "ways");
                var partner = RecordingPartner.start(0, SECRET, Clock.systemUTC())) {
            rig.secret("webhook", SECRET);
            rig.publish("""
                    {"name":"webhook","partner":"webhook","segments":"all","secret":"webhook",
                     "settings":{"url":"%s","callsPerSecond":1000}}""".formatted(partner.address()));
            rig.serve("webhook", Map.of()).join();
            var crowd = new Crowd();

            poisonStopsNobody(rig, crowd, partner);
            quickChangesEndRight(rig, crowd, partner);
            aReplayOfWhatWasRefusedTellsItOnce(rig, crowd, partner);
        }
    }

    private static void poisonStopsNobody(ActivationRig rig, Crowd crowd, RecordingPartner partner) {
        for (int slot = 0; slot < 256; slot += 32) {
            rig.putBytes(slot, "no batch at all".getBytes(StandardCharsets.UTF_8));
            rig.putBytes(slot, LineBatch.encode(List.of("{\"v\":99}".getBytes(StandardCharsets.UTF_8))));
        }
        List<ProfileChange> changes = everybody(person -> crowd.enters(person, "gold"));
        rig.put(changes);
        // Again, as after a failure of the propagator.
        rig.put(changes);

        Eventually.until("all told", () -> people(partner, "gold").equals(crowd.in("gold")));
        assertThat(partner.deliveryCount()).isEqualTo(PEOPLE);
        Eventually.until("all poison set aside", () -> rig.keys("set-aside/").size() == 2 * 256 / 32);
    }

    private static void quickChangesEndRight(ActivationRig rig, Crowd crowd, RecordingPartner partner) {
        List<ProfileChange> quick = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            String person = "p" + i;
            quick.add(crowd.enters(person, "bored"));
            quick.add(crowd.leaves(person, "bored"));
            if (i % 2 == 0) {
                quick.add(crowd.enters(person, "bored"));
            }
        }
        rig.put(quick);
        partner.feel(new Mood.Failing(503));
        rig.put(everybody(person -> crowd.leaves(person, "gold")));
        rig.put(everybody(person -> crowd.enters(person, "silver")));
        partner.feel(new Mood.Well());

        for (String segment : List.of("bored", "gold", "silver")) {
            Eventually.until(
                    "the right people in " + segment,
                    () -> people(partner, segment).equals(crowd.in(segment)));
        }
        assertThat(partner.recorded().altered()).isZero();
    }

    private static void aReplayOfWhatWasRefusedTellsItOnce(ActivationRig rig, Crowd crowd, RecordingPartner partner)
            throws IOException {
        long poison = rig.setAside();
        partner.feel(new Mood.Failing(422));
        rig.put(everybody(person -> crowd.enters(person, "vip")));
        Eventually.until("all refused and set aside", () -> rig.setAside() == poison + PEOPLE);
        assertThat(people(partner, "vip")).isEmpty();
        partner.feel(new Mood.Well());

        String dry = replay(rig, "--dry-run");
        ActivationRig.say("replay, dry: %s", dry.strip().replace("\n", "; "));
        assertThat(people(partner, "vip")).isEmpty();
        ActivationRig.say("replay: %s", replay(rig).strip().replace("\n", "; "));
        Eventually.until("all told after all", () -> people(partner, "vip").equals(crowd.in("vip")));
        PartnerRecord once = partner.recorded();

        ActivationRig.say("replay again: %s", replay(rig).strip().replace("\n", "; "));
        // Something that comes later has come through, so what the replay did has too.
        rig.put(everybody(person -> crowd.enters(person, "last")));
        Eventually.until("the last ones", () -> people(partner, "last").equals(crowd.in("last")));
        Set<String> before = ids(once, "vip");
        assertThat(before).hasSize(PEOPLE);
        assertThat(ids(partner.recorded(), "vip")).isEqualTo(before);
        assertThat(partner.recorded().altered()).isZero();
    }

    private static String replay(ActivationRig rig, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--account", "demo", "--partner", "webhook", "--from", "1h"));
        arguments.addAll(List.of(more));
        return rig.command("ReplayCommand", arguments.toArray(String[]::new));
    }

    private static List<ProfileChange> everybody(Function<String, ProfileChange> change) {
        List<ProfileChange> changes = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            changes.add(change.apply("p" + i));
        }
        return changes;
    }

    /** Whom the partner has in a segment by what it was told, whatever the order in which it came. */
    private static Set<String> people(RecordingPartner partner, String segment) {
        Map<String, Delivery> newest = new HashMap<>();
        partner.recorded().deliveries().stream()
                .filter(delivery -> delivery.segment().equals(segment))
                .forEach(delivery -> newest.merge(
                        delivery.person(), delivery, (one, two) -> two.version() >= one.version() ? two : one));
        Set<String> people = new TreeSet<>();
        newest.forEach((person, delivery) -> {
            if (delivery.entered()) {
                people.add(person.substring(person.indexOf('/') + 1));
            }
        });
        return people;
    }

    private static Set<String> ids(PartnerRecord record, String segment) {
        Set<String> ids = new HashSet<>();
        record.deliveries().stream()
                .filter(delivery -> delivery.segment().equals(segment))
                .forEach(delivery -> ids.add(delivery.id()));
        return ids;
    }
}
