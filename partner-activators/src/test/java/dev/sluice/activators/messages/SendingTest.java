package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: a sending that was interrupted repeats nobody; who sleeps is sent it on a later run, and who was sent it is not
 * sent it again though it is night now; consent is judged when it is sent; a busy service is asked again; a parked campaign
 * stops; entering the segment sends nothing of a campaign that is sent by hand.
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
        assertThat(run()).isEmpty();
        assertThat(world.sent()).hasSize(1);

        assertThat(run()).isEqualTo(Map.of("sent", 10L));
    }

    private Map<String, Long> run() {
        Map<Integer, Sendings.Progress> before =
                world.sendings.progress(task("spring").id());
        var sending = new Sending(task("spring"), world.ports());
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
        return new Sending.Task(id, SendingWorld.CAMPAIGN, order, false);
    }
}
