package dev.sluice.local.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.activation.MessageServices.Taken;
import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.Mood;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.partner.RecordingPartner;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import dev.sluice.model.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All nine kinds of partner, each behind its functions as they are deployed, while people enter and leave quickly, lines come
 * again and out of order, one partner is down for a while, and a function is killed in the middle. With {@code
 * -Dsluice.soak=true} the others throttle, break, answer late or not at all meanwhile: each answer that never comes is waited
 * for, which takes minutes.
 *
 * <p>Promises: each partner that keeps audiences ends with exactly the members of each, under the one name by which it must
 * know them; who took back their consents is in none. Each service of messages took one message for the entry that stands, at
 * most one for each entry that was over later, and none for what was over, or not agreed to, before anything was sent; nobody
 * held out got any, and a cap holds. Where a lost answer leaves it open whether a message was sent, push and web push send it
 * again under the same id, by which devices know it; e-mail and text messages do not send it again. A replay of the failure
 * bucket, twice, changes nothing at any partner.
 */
@ExtendWith(SharedServers.class)
class EverywhereDrillTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final boolean SOAK = Boolean.getBoolean("sluice.soak");

    private final long seed = Long.getLong("sluice.seed", 20_261_121L);
    private final Random random = new Random(seed);
    private final LocalServers servers;
    private final AdPartners ads = new AdPartners();
    private final MessageServices messages = new MessageServices();
    private final Crowd crowd =
            new Crowd(Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3_600), this::traits);
    private final Stays stays = new Stays(MessageServices.SEGMENT);

    EverywhereDrillTest(LocalServers servers) {
        this.servers = servers;
    }

    private Value.Fields traits(String person) {
        return (person.startsWith("m") ? messages.addresses(person) : Value.Fields.NONE)
                .with("email", Value.of(AdPartners.email(person)))
                .with("advertisingId", Value.of(AdPartners.device(person)));
    }

    @Test
    void whoEntersAndLeavesQuicklyEndsRightEverywhere() throws IOException {
        ActivationRig.say("everywhere: seed %d (-Dsluice.seed)", seed);
        try (var rig = ActivationRig.start(servers, "everywhere");
                var webhook = RecordingPartner.start(0, SECRET, Clock.systemUTC());
                ads;
                messages) {
            rig.lookEvery(Duration.ofSeconds(2));
            rig.secret("webhook", SECRET);
            messages.secrets(rig);
            List<String> connections = new ArrayList<>(ads.connections(rig));
            connections.add("""
                    {"name":"webhook","partner":"webhook","segments":"all","consent":{"all":["advertising"]},
                     "secret":"webhook","settings":{"url":"%s","callsPerSecond":1000}}""".formatted(webhook.address()));
            publish(rig, connections, true);
            var bustle = new Bustle(crowd, stays, random);

            bustle.arrive(rig);
            aFunctionIsKilledInTheMiddleOfACall(rig, webhook);
            startAllOthers(rig);
            if (SOAK) {
                ads.sicken(random);
            }
            bustle.bustle(rig, 3);
            Eventually.within(PATIENCE, "all is in the ledgers", rig::haveTakenAll);
            // Campaigns were paused, so nothing of what is over by now was ever sent, and nothing may be.
            stays.nothingWasSentSoFar();
            if (SOAK) {
                messages.sicken(random);
                ads.sicken(random);
            }
            publish(rig, connections, false);
            webhook.feel(new Mood.Failing(503));
            bustle.bustle(rig, 2);
            bustle.theRefusedStays(rig);
            Eventually.within(PATIENCE, "all is in the ledgers", rig::haveTakenAll);
            webhook.feel(new Mood.Well());

            audiencesAreRight();
            webhookIsRight(webhook);
            messagesAreRight(rig);
            ActivationRig.say("everywhere: took back consents: %s", bustle.withdrawn());
            replaysChangeNothing(rig, webhook);
        }
    }

    private void publish(ActivationRig rig, List<String> connections, boolean paused) {
        rig.publish(Stream.concat(connections.stream(), messages.campaigns(rig, paused).stream())
                .toArray(String[]::new));
    }

    private static void aFunctionIsKilledInTheMiddleOfACall(ActivationRig rig, RecordingPartner webhook) {
        webhook.feel(new Mood.Hanging());
        rig.serve("webhook", Map.of()).join();
        Eventually.within(PATIENCE, "a call hangs", () -> webhook.hanging() > 0);
        Eventually.within(PATIENCE, "the function at work is killed", () -> rig.kill("webhook") > 0);
        Eventually.within(
                PATIENCE, "its records come again", () -> rig.done("webhook").failedInvocations() > 0);
        webhook.feel(new Mood.Well());
    }

    private void startAllOthers(ActivationRig rig) {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        MessageServices.KINDS.forEach((kind, more) -> {
            Map<String, String> variables = new HashMap<>(more);
            variables.put("SLUICE_PARTNER_STAND_IN", messages.address(kind));
            starts.add(rig.serve(kind, variables));
        });
        AdPartners.KINDS.forEach(kind -> starts.add(rig.serve(
                kind, Map.of("SLUICE_PARTNER_STAND_IN", ads.server(kind).base().toString()))));
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
    }

    private void audiencesAreRight() {
        for (String kind : AdPartners.KINDS) {
            Map<String, Set<String>> expected = AdPartners.expected(kind, crowd);
            eventuallyEqual(kind, expected, () -> ads.members(kind));
            assertThat(expected.values()).allMatch(members -> !members.isEmpty());
        }
    }

    private void webhookIsRight(RecordingPartner webhook) {
        Map<String, Set<String>> expected = new TreeMap<>();
        for (String segment : allSegments()) {
            expected.put(segment, crowd.agreeingIn(segment));
        }
        eventuallyEqual("webhook", expected, () -> people(webhook.recorded()));
        assertThat(webhook.recorded().altered()).isZero();
        assertThat(webhook.recorded().badSignatures()).isZero();
    }

    private static <T> void eventuallyEqual(String what, T expected, Supplier<T> actual) {
        try {
            Eventually.within(PATIENCE, what, () -> actual.get().equals(expected));
        } catch (AssertionError late) {
            // Says who is too many, and who is missing.
            assertThat(actual.get()).as(what).isEqualTo(expected);
        }
    }

    private void messagesAreRight(ActivationRig rig) {
        for (String kind : MessageServices.KINDS.keySet()) {
            assertThat(Bustle.ofCampaigns())
                    .as("people of whom %s must be told", kind)
                    .anyMatch(person -> isDue(kind, person));
            eventuallyEqual("not yet told by " + kind, Set.of(), () -> missing(kind));
        }
        // Whatever was too many would come now.
        assertThat(rig.awaitRetries(2)).isTrue();
        MessageServices.KINDS.keySet().forEach(kind -> assertNoneTooMany(kind, messages.taken(kind)));
    }

    private boolean isDue(String kind, String person) {
        return stays.due(kind, person).isPresent() && !isHeldOut(kind, person);
    }

    /** Whom a service must have told and has not. */
    private Set<String> missing(String kind) {
        List<Taken> taken = messages.taken(kind);
        Set<String> told = taken.stream().map(Taken::person).collect(Collectors.toSet());
        Set<String> deliveries = taken.stream().map(Taken::delivery).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (String person : Bustle.ofCampaigns()) {
            Optional<String> due = stays.due(kind, person);
            boolean isCapped = kind.equals("email") && told.contains(person);
            if (isDue(kind, person) && !deliveries.contains(due.orElseThrow()) && !isCapped) {
                missing.add(person);
            }
        }
        return missing;
    }

    private void assertNoneTooMany(String kind, List<Taken> taken) {
        Map<String, Integer> times = new HashMap<>();
        for (Taken message : taken) {
            assertThat(stays.allowed(kind, message.person()))
                    .as("entries of which %s may tell %s", kind, message.person())
                    .contains(message.delivery());
            assertThat(isHeldOut(kind, message.person())).isFalse();
            times.merge(message.delivery(), 1, Integer::sum);
        }
        int repeated = taken.size() - times.size();
        boolean isRepeatable = kind.equals("push") || kind.equals("webpush");
        assertThat(repeated)
                .as("messages of %s that came again", kind)
                .isLessThanOrEqualTo(isRepeatable ? MessageServices.lostAnswers() : 0);
        if (kind.equals("email")) {
            assertThat(taken).extracting(Taken::person).doesNotHaveDuplicates();
        }
        ActivationRig.say("everywhere: %s took %d messages, %d of them again", kind, taken.size(), repeated);
    }

    /** As ControlGroup documents it. */
    private static boolean isHeldOut(String kind, String person) {
        if (!kind.equals("push")) {
            return false;
        }
        try {
            byte[] text = (ActivationRig.ACCOUNT + "/" + kind + "/" + person).getBytes(StandardCharsets.UTF_8);
            String digits = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            return Integer.parseInt(digits, 0, 7, 16) % 10_000 < MessageServices.HELD_OUT_PERCENT * 100;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void replaysChangeNothing(ActivationRig rig, RecordingPartner webhook) {
        Eventually.within(
                PATIENCE, "each has refused somebody", () -> refusing(rig).containsAll(AdPartners.KINDS));
        Set<String> refused = refusing(rig);
        Map<String, Object> before = everything(webhook);
        for (int time = 0; time < 2; time++) {
            List<CompletableFuture<String>> replays = refused.stream()
                    .map(kind -> rig.commandAside(
                            "ReplayCommand", "--account", ActivationRig.ACCOUNT, "--partner", kind, "--from", "1h"))
                    .toList();
            replays.forEach(replay ->
                    ActivationRig.say("everywhere: replay: %s", replay.join().strip()));
            assertThat(rig.awaitRetries(2)).isTrue();
        }
        assertThat(everything(webhook)).isEqualTo(before);
        MessageServices.KINDS.keySet().forEach(kind -> assertNoneTooMany(kind, messages.taken(kind)));
    }

    /** The connections that have something in the failure bucket. */
    private static Set<String> refusing(ActivationRig rig) {
        return rig.keys("set-aside/").stream()
                .map(key -> key.substring("set-aside/".length()).replaceFirst("/.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whom partners have, and each message that was taken; one that comes again under its id is the same one. */
    private Map<String, Object> everything(RecordingPartner webhook) {
        Map<String, Object> everything = new TreeMap<>();
        AdPartners.KINDS.forEach(kind -> everything.put(kind, ads.members(kind)));
        MessageServices.KINDS.keySet().forEach(kind -> everything.put(kind, Set.copyOf(messages.taken(kind))));
        everything.put("webhook", people(webhook.recorded()));
        return everything;
    }

    private static List<String> allSegments() {
        return Stream.concat(AdPartners.SEGMENTS.stream(), Stream.of(MessageServices.SEGMENT))
                .toList();
    }

    /** Whom the webhook's partner has by what it was told, the newest version last. */
    private static Map<String, Set<String>> people(PartnerRecord record) {
        Map<String, Map<String, Delivery>> newest = new TreeMap<>();
        allSegments().forEach(segment -> newest.put(segment, new HashMap<>()));
        record.deliveries()
                .forEach(delivery -> newest.getOrDefault(delivery.segment(), new HashMap<>())
                        .merge(delivery.person(), delivery, (one, two) -> two.version() >= one.version() ? two : one));
        Map<String, Set<String>> people = new TreeMap<>();
        newest.forEach((segment, deliveries) -> people.put(
                segment,
                deliveries.values().stream()
                        .filter(Delivery::entered)
                        .map(delivery ->
                                delivery.person().substring(delivery.person().indexOf('/') + 1))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return people;
    }
}
