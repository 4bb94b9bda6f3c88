package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/**
 * Promises: what is kept of a person is written byte for byte as a JSON generator writes it, and comes back the same; the
 * reader that takes the short way finds what the one that takes any JSON finds, or leaves it to that one; so whatever has
 * become of the bytes, the result or the refusal is that one's; what is copied from the bytes that were read is what would
 * have been written.
 */
class RecentJsonTest {
    private static final int STATES = 1_500;

    @Test
    void theBytesAreThoseOfAGenerator() {
        var recents = new RandomRecents(20_261_121);
        for (int i = 0; i < STATES; i++) {
            Recent recent = recents.next();
            assertThat(new String(RecentJson.write(recent), StandardCharsets.UTF_8))
                    .isEqualTo(new String(RecentByJackson.write(recent), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatWasWrittenComesBackByBothWays() {
        var recents = new RandomRecents(4);
        int direct = 0;
        for (int i = 0; i < STATES; i++) {
            Recent recent = recents.next();
            byte[] bytes = RecentJson.write(recent);
            Optional<Recent> scanned = RecentScan.read(bytes);
            direct += scanned.isPresent() ? 1 : 0;
            assertThat(RecentJson.readAny(bytes)).isEqualTo(recent);
            scanned.ifPresent(each -> assertThat(each).isEqualTo(recent));
        }
        // The others hold a character that is written by its number, or looks like bad text.
        assertThat(direct).isGreaterThan(STATES / 10);
    }

    @Test
    void whatIsCopiedFromWhatWasReadIsWrittenLikeAllElse() {
        var random = new SplittableRandom(7);
        var recents = new RandomRecents(8);
        int copied = 0;
        for (int i = 0; i < STATES; i++) {
            Recent read = RecentJson.read(RecentJson.write(recents.next()));
            Recent changed = changed(read, recents.next(), random);
            copied += read.origin().events().isAny()
                            && changed.events().size() > read.events().size()
                    ? 1
                    : 0;
            assertThat(new String(RecentJson.write(changed), StandardCharsets.UTF_8))
                    .isEqualTo(new String(RecentByJackson.write(changed), StandardCharsets.UTF_8));
        }
        assertThat(copied).as("with events after those that were read").isGreaterThan(20);
    }

    /** What may become of what was read: each part stays, or is another's. */
    private static Recent changed(Recent read, Recent other, SplittableRandom random) {
        List<Occurrence> events = new ArrayList<>(read.events());
        switch (random.nextInt(4)) {
            case 0 -> events.addAll(other.events());
            case 1 -> events.addAll(0, other.events());
            case 2 -> events.subList(0, events.size() / 2).clear();
            default -> {}
        }
        FoldState head = read.head();
        var changedHead = new FoldState(
                other.head().at(),
                other.head().lastId(),
                other.head().traits(),
                other.head().row(),
                other.head().statistics(),
                random.nextBoolean() ? head.memberships() : other.head().memberships(),
                random.nextBoolean() ? head.past() : other.head().past(),
                other.head().due());
        return new Recent(
                other.ruleSet(),
                random.nextBoolean() ? read.base() : other.base(),
                events,
                random.nextInt(4) == 0 ? head : changedHead,
                other.held(),
                read.origin());
    }

    @Test
    void whatIsOrdinaryIsReadTheShortWay() {
        var state = new FoldState(
                Instant.ofEpochMilli(5),
                FoldState.TURN,
                new Value.Fields(Map.of("country", Value.of("\u00d6"), "url", Value.of("https://a.example/\"b\""))),
                new Snapshot(7, new Value.Fields(Map.of("age", Value.of(3)))),
                Snapshot.NONE,
                Map.of("s", new Membership(Instant.EPOCH, 1, true)),
                List.of(new PastMembership("p", Instant.EPOCH, Instant.ofEpochMilli(1), 1, false)),
                Optional.of(Instant.ofEpochMilli(9)));
        var recent = new Recent(1, state, List.of(), state, Optional.of(new Held(Instant.EPOCH, Map.of(), true)));

        assertThat(RecentScan.read(RecentJson.write(recent))).contains(recent);
    }

    @Test
    void whateverBecomesOfTheBytesBothReadersAgree() {
        var random = new SplittableRandom(5);
        var recents = new RandomRecents(6);
        int read = 0;
        for (int i = 0; i < STATES; i++) {
            byte[] bytes = RecentJson.write(recents.next());
            for (int j = 0; j < 4; j++) {
                byte[] damaged = damaged(bytes, random);
                Object expected = outcome(() -> RecentJson.readAny(damaged));
                assertThat(outcome(() -> RecentJson.read(damaged)))
                        .as(new String(damaged, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
                read += RecentScan.read(damaged).isPresent() ? 1 : 0;
            }
        }
        assertThat(read).as("damaged and still of our form").isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"since\":\"2026-02-30T00:00:00Z\",\"ruleSet\":1,\"direct\":true}",
                "{\"since\":\"2026-01-01T24:00:00Z\",\"ruleSet\":1,\"direct\":true}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ruleSet\":-1,\"direct\":true}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ruleSet\":2147483648,\"direct\":true}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ruleSet\":01,\"direct\":true}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ruleSet\":1,\"direct\":true},\"a\":{}",
                "{\"since\":\"2026-01-01T00:00:00Z\",\"ruleSet\":1,\"direct\":tru}",
            })
    void whatIsNoMembershipIsRefused(String membership) {
        String json = "{\"v\":2,\"ruleSet\":1,\"base\":{\"traits\":{},\"memberships\":{\"a\":" + membership
                + "}},\"head\":{\"traits\":{},\"memberships\":{}},\"events\":[]}";
        assertThatThrownBy(() -> RecentJson.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aHalfOfACharacterIsWrittenAsTheGeneratorDoesIt() {
        var state = new FoldState(
                Instant.EPOCH,
                "a\ud800b",
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                Map.of(),
                List.of(),
                Optional.empty());
        var recent = new Recent(1, state, List.of(), state, Optional.empty());

        assertThat(outcome(() -> Arrays.toString(RecentJson.write(recent))))
                .isEqualTo(outcome(() -> Arrays.toString(RecentByJackson.write(recent))));
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        List<Byte> damaged = new ArrayList<>();
        for (byte each : bytes) {
            damaged.add(each);
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(damaged.size());
            byte other = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : bytes[random.nextInt(bytes.length)];
            switch (random.nextInt(4)) {
                case 0 -> damaged.set(place, other);
                case 1 -> damaged.add(place, other);
                case 2 -> damaged.remove(place);
                default -> damaged.set(place, (byte) ('0' + random.nextInt(10)));
            }
        }
        byte[] result = new byte[damaged.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = damaged.get(i);
        }
        return result;
    }

    private interface Attempt {
        Object make();
    }

    private static Object outcome(Attempt attempt) {
        try {
            return attempt.make();
        } catch (MalformedException | JacksonException e) {
            return e.getClass() + ": " + e.getMessage();
        }
    }
}
