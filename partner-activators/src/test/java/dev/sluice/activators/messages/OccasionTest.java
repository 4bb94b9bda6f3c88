package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.ledger.Claim;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerFold;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.LedgerState;
import dev.sluice.activators.ledger.RetrySchedule;
import dev.sluice.activators.ledger.Settlement;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: a message that waits is written with the event that brought the person into the segment, each segment's with its
 * own, whatever happens meanwhile; traits are those of now; of an event nothing is kept once the message is sent or the
 * person has left, and never more than there is room for.
 */
final class OccasionTest {
    private static final PersonKey ANNA = new PersonKey("demo", "anna");
    private static final String SETTINGS = """
            {"project":"game","caps":"none","template":{"title":"Hi {{firstName}}","body":"{{event.product}} for {{event.price}}"},
             "defaults":{"firstName":"player","event.product":"something","event.price":"nothing"}}""";
    private static final Instant NOW = Messages.NOW;

    private final TestChannel channel = new TestChannel(true);
    private final MessagePartner partner = new MessagePartner(channel, new MemoryMessageLog(), () -> NOW);
    private final Connection campaign = new Connection(
            "welcome", "test", Optional.empty(), Consent.NONE, Optional.empty(), false, Messages.fields(SETTINGS));
    private final Telling telling = new Telling(partner, campaign);
    private LedgerEntry entry = LedgerEntry.unknown(new LedgerKey("welcome", ANNA));
    private long version;
    private final Map<String, Instant> memberships = new TreeMap<>();

    @Test
    void aMessageThatWaitsIsWrittenWithTheEventThatCausedIt() {
        happens("{\"firstName\":\"Anna\"}", "{\"product\":\"Sword\",\"price\":9}", "gold");
        happens("{\"firstName\":\"Anne\"}", "{\"product\":\"Shield\"}", "gold");
        happens("{\"firstName\":\"Anne\"}", "", "gold");

        assertThat(told()).containsExactly("Hi Anne / Sword for 9");
    }

    @Test
    void eachSegmentHasItsOwnEvent() {
        happens("{}", "{\"product\":\"Sword\",\"price\":9}", "gold");
        happens("{}", "{\"product\":\"Shield\"}", "gold", "silver");

        assertThat(told()).containsExactlyInAnyOrder("Hi player / Sword for 9", "Hi player / Shield for nothing");
    }

    @Test
    void whatIsTriedAgainSaysTheSame() {
        happens("{}", "{\"product\":\"Sword\",\"price\":9}", "gold");
        channel.answers.add(new Channel.Result.Answered(new Outcome.RetryLater("busy"), Pace.UNSAID));

        List<String> first = told();
        happens("{}", "{\"product\":\"Shield\"}", "gold");
        List<String> both = told();

        assertThat(first).containsExactly("Hi player / Sword for 9");
        assertThat(both).containsExactly("Hi player / Sword for 9", "Hi player / Sword for 9");
        assertThat(occasions()).as("it was sent").isEmpty();
    }

    @Test
    void whoLeavesAndComesBackIsToldOfTheSecondTime() {
        happens("{}", "{\"product\":\"Sword\",\"price\":9}", "gold");
        happens("{}", "{\"product\":\"Shield\"}");
        assertThat(occasions()).isEmpty();
        happens("{}", "{\"product\":\"Bow\"}", "gold");

        assertThat(told()).containsExactly("Hi player / Bow for nothing");
    }

    @Test
    void noMoreIsKeptThanThereIsRoomFor() {
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            segments.add("s" + i);
            happens("{}", "{\"product\":\"p" + i + "x".repeat(400) + "\"}", segments.toArray(String[]::new));
        }

        int kept = occasions().stream().mapToInt(String::length).sum();
        assertThat(kept).isBetween(LedgerState.MAX_OCCASIONS - 1_000, LedgerState.MAX_OCCASIONS);
        assertThat(told())
                .hasSize(30)
                .filteredOn(text -> text.contains("/ something for"))
                .isEmpty();
    }

    private List<String> occasions() {
        return entry.lines().values().stream()
                .map(LedgerLine::occasion)
                .flatMap(Optional::stream)
                .toList();
    }

    private void happens(String traits, String event, String... segments) {
        version++;
        List<SegmentChange> changes = new ArrayList<>();
        Instant at = NOW.plusMillis(version);
        var cause = new Cause(Cause.Kind.EVENT, "e" + version, at, Optional.empty());
        Set<String> after = Set.copyOf(Arrays.asList(segments));
        for (String gone : Set.copyOf(memberships.keySet())) {
            if (!after.contains(gone)) {
                memberships.remove(gone);
                changes.add(new SegmentChange(ANNA, gone, SegmentChange.Direction.LEFT, at, version, 1, cause));
            }
        }
        for (String come : after) {
            if (memberships.putIfAbsent(come, at) == null) {
                changes.add(new SegmentChange(ANNA, come, SegmentChange.Direction.ENTERED, at, version, 1, cause));
            }
        }
        var shared = new Shared(
                Messages.fields(
                        traits.replaceFirst("\\{", "{\"addresses\":[\"a1\"],").replace(",}", "}")),
                event.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Shared.Happening("bought", Messages.fields(event))));
        var change = new ProfileChange(ANNA, version, 1, at, cause, Map.copyOf(memberships), changes, shared, false);
        entry = LedgerFold.fold(entry, change, telling, NOW);
    }

    /** Sends what is due; the texts of all that was sent so far. */
    private List<String> told() {
        Instant then = NOW.plusSeconds(3_000);
        Claim claim = Claim.of(entry, telling, new LedgerEntry.Lease("t", then.plusSeconds(1)), Set.of(), then);
        List<Settlement.Result> results = claim.sendings().stream()
                .map(sending -> new Settlement.Result(
                        sending,
                        partner.deliver(campaign, List.of(sending.delivery()))
                                .outcomes()
                                .getFirst()))
                .toList();
        entry = Settlement.settle(claim.entry(), results, "t", telling, RetrySchedule.of(new Random(7)), NOW);
        return channel.sent.stream()
                .map(message ->
                        message.parts().get("title") + " / " + message.parts().get("body"))
                .toList();
    }
}
