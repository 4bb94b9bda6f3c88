package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: a sending that was interrupted repeats nobody; who sleeps is sent it on a later run, and who was sent it is not
 * sent it again though it is night now; whatever happens between a page's reading and the leave to send counts; a busy service
 * is asked again; a campaign that is parked, paused or not published any more stops, and goes on later.
 */
class SendingTest {
    private final SendingWorld world = new SendingWorld();

    @Test
    void anInterruptedSendingRepeatsNobody() {
        for (int i = 0; i < 100; i++) {
            world.add("p" + i, "UTC");
        }
        world.pagesThatWork = 180;
        assertThatThrownBy(this::run).isInstanceOf(UnreachableException.class);
        int before = world.sent().size();
        world.pagesThatWork = Integer.MAX_VALUE;

        assertThat(before).isBetween(1, 99);
        assertThat(run()).isEqualTo(Map.of("sent", 100L));
        assertThat(world.sent()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aProgressThatWasNotKeptRepeatsNobodyEither() {
        world.add("anna", "UTC");
        var sending = new Sending(task("spring"), world.ports());
        int slot = Ring.slot(new PersonKey("demo", "anna"));
        sending.slot(slot, Sendings.Progress.NONE);

        assertThat(sending.slot(slot, Sendings.Progress.NONE).counts()).isEqualTo(Map.of("sent", 1L));
        assertThat(world.sent()).containsExactly("anna");
    }

    @Test
    void whoSleepsIsSentItOnALaterRunAndNobodyTwice() {
        world.add("anna", "UTC");
        world.add("bert", "America/Los_Angeles");
        assertThat(run()).isEqualTo(Map.of("sent", 1L, "later: quiet hours", 1L));
        world.clock.pass(Duration.ofHours(11));

        assertThat(run()).isEqualTo(Map.of("sent", 2L));
        assertThat(world.sent()).containsExactly("anna", "bert");
    }

    @Test
    void nightDoesNotUndoWhatWasSent() {
        world.add("anna", "UTC");
        var sending = new Sending(task("spring"), world.ports());
        int slot = Ring.slot(new PersonKey("demo", "anna"));
        sending.slot(slot, Sendings.Progress.NONE);
        world.clock.pass(Duration.ofHours(11));

        assertThat(sending.slot(slot, Sendings.Progress.NONE).counts()).isEqualTo(Map.of("sent", 1L));
    }

    @Test
    void whoDidNotAgreeHasNoAddressOrLeftIsNotSentIt() {
        String recipient = "{\"v\":1,\"to\":[\"x\"],\"unsubscribed\":[],\"values\":{}}";
        world.add("no", "{\"push\":false}", recipient, true);
        world.add("unsaid", "{}", recipient, true);
        world.add("nowhere", "{\"push\":true}", "", true);
        world.add("left", "{\"push\":true}", recipient, false);

        assertThat(run()).isEqualTo(Map.of("skipped: no consent", 2L, "skipped: no address", 1L));
        assertThat(world.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "withdraws, skipped: no consent",
        "unsubscribes, skipped: unsubscribed",
        "loses the address, skipped: no address",
        "leaves, ''",
        "is erased, ''",
        "is forgotten, ''",
    })
    void whatHappensBeforeThereIsLeaveToSendCounts(String what, String word) {
        world.add("anna", "UTC");
        world.meanwhile = () -> change(what);

        assertThat(run()).isEqualTo(word.isEmpty() ? Map.of() : Map.of(word, 1L));
        assertThat(world.sent()).isEmpty();
        assertThat(world.leaves).isEqualTo(1);
    }

    @Test
    void consentThatIsWithdrawnBeforeASecondTryCounts() {
        world.add("anna", "UTC");
        world.channel.answers.add(new Channel.Result.Answered(new Outcome.RetryLater("busy"), Pace.UNSAID));
        world.meanwhile = () -> {
            if (!world.sent().isEmpty()) {
                change("withdraws");
            }
        };

        assertThat(run()).isEqualTo(Map.of("skipped: no consent", 1L));
        assertThat(world.sent()).hasSize(1);
    }

    /** Of one slot: the second takes the leave that was asked for the first. */
    @Test
    void leaveThatIsNotTakenIsTakenForTheNext() {
        List<String> two = IntStream.range(0, 10_000)
                .mapToObj(i -> "p" + i)
                .filter(person -> slot(person) == 7)
                .limit(2)
                .sorted()
                .toList();
        two.forEach(person -> world.add(person, "UTC"));
        world.meanwhile = () -> world.erase(two.getFirst());

        assertThat(run()).isEqualTo(Map.of("sent", 1L));
        assertThat(world.sent()).containsExactly(two.getLast());
        assertThat(world.leaves).isEqualTo(1);
    }

    @Test
    void aStricterConsentCountsOnceItIsPublished() {
        world.add("anna", "UTC");
        world.meanwhile = () -> publish(new Consent(Consent.Policy.ALL, List.of("push", "adverts")));

        assertThat(run()).isEqualTo(Map.of("skipped: no consent", 1L));
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void aCampaignThatIsNotPublishedAnyMoreStopsAndGoesOn() {
        for (int i = 0; i < 10; i++) {
            world.add("p" + i, "UTC");
        }
        world.meanwhile = () -> world.published = world.sent().size() < 3 ? world.published : Optional.empty();
        var sending = new Sending(task("spring"), world.ports());
        run(sending);
        assertThat(world.sent()).hasSize(3);
        assertThat(sending.stopped())
                .contains("the campaign is paused, is not published any more, or something is wrong with it");

        world.published = Optional.of(SendingWorld.CAMPAIGN);
        world.meanwhile = () -> {};
        assertThat(run()).isEqualTo(Map.of("sent", 10L));
        assertThat(world.sent()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aCampaignThatLosesTheSegmentStops() {
        world.add("anna", "UTC");
        Connection other = new Connection(
                "offers",
                "test",
                Optional.of(Map.of("silver", "silver")),
                SendingWorld.CAMPAIGN.consent(),
                Optional.empty(),
                false,
                SendingWorld.CAMPAIGN.settings());
        world.meanwhile = () -> world.published = Optional.of(other);
        var sending = new Sending(task("spring"), world.ports());

        assertThat(run(sending)).isEmpty();
        assertThat(sending.stopped()).isPresent();
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void settingsThatAreWrongStopItBeforeAnythingIsAsked() {
        world.add("anna", "UTC");
        world.published = world.published.map(good -> new Connection(
                good.name(),
                good.partner(),
                good.audiences(),
                good.consent(),
                good.secret(),
                false,
                Messages.fields("{}")));
        var sending = new Sending(task("spring"), world.ports());

        assertThat(run(sending)).isEmpty();
        assertThat(sending.stopped()).contains("the campaign is parked: the campaign's settings are wrong");
        assertThat(world.leaves).isZero();
    }

    @Test
    void aBusyServiceIsAskedAgain() {
        world.add("anna", "UTC");
        world.channel.answers.add(new Channel.Result.Answered(new Outcome.RetryLater("busy"), Pace.UNSAID));

        assertThat(run()).isEqualTo(Map.of("sent", 1L));
        assertThat(world.reports).extracting(report -> report.failed()).containsExactly(1, 0);
    }

    @Test
    void aParkedCampaignStopsAndGoesOn() {
        for (int i = 0; i < 10; i++) {
            world.add("p" + i, "UTC");
        }
        var parked = new Outcome.Parked("suspended", Outcome.Parked.Scope.CONNECTION);
        world.channel.answers.add(new Channel.Result.Answered(parked, Pace.UNSAID));
        var sending = new Sending(task("spring"), world.ports());
        assertThat(run(sending)).isEmpty();
        assertThat(sending.stopped()).contains("the campaign is parked: suspended");
        assertThat(world.sent()).hasSize(1);

        assertThat(run()).isEqualTo(Map.of("sent", 10L));
    }

    private void change(String what) {
        String recipient = "{\"v\":1,\"to\":[\"x\"],\"unsubscribed\":[%s],\"values\":{}}";
        switch (what) {
            case "withdraws" -> world.add("anna", "{\"push\":false}", recipient.formatted(""), true);
            case "unsubscribes" -> world.add("anna", "{\"push\":true}", recipient.formatted("\"test\""), true);
            case "loses the address" -> world.add("anna", "{\"push\":true}", "", true);
            case "leaves" -> world.add("anna", "{\"push\":true}", recipient.formatted(""), false);
            case "is erased" -> world.erase("anna");
            default -> world.forget("anna");
        }
    }

    private void publish(Consent consent) {
        world.published = world.published.map(good -> new Connection(
                good.name(), good.partner(), good.audiences(), consent, good.secret(), false, good.settings()));
    }

    private static int slot(String person) {
        return Ring.slot(new PersonKey("demo", person));
    }

    private Map<String, Long> run() {
        return run(new Sending(task("spring"), world.ports()));
    }

    private Map<String, Long> run(Sending sending) {
        Map<Integer, Sendings.Progress> before =
                world.sendings.progress(task("spring").id());
        Map<String, Long> sum = new TreeMap<>();
        for (int slot = 0; slot < Ring.SLOTS; slot++) {
            sending.slot(slot, before.getOrDefault(slot, Sendings.Progress.NONE))
                    .counts()
                    .forEach((word, count) -> sum.merge(word, count, Long::sum));
        }
        return sum;
    }

    private Sending.Task task(String name) {
        var id = new Sendings.Id("demo", name);
        var order = world.sendings.begin(id, new Sendings.Order("offers", "gold", Messages.NOW));
        return new Sending.Task(id, order, false);
    }
}
