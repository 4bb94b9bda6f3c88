package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.model.profile.Shared;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises of who is written to: nobody who does not want it, is held out, sleeps, had enough, or to whom it comes too late, in
 * a fixed order; a person is sent a campaign's message once, and a retry takes no second place; what may have been sent is not
 * sent again where that would be seen twice; an address that is gone is not tried again; what a person was sent is forgotten
 * with them, and their wish is not.
 */
class MessageJudgementTest {
    private final OneCampaign welcome = new OneCampaign();

    /** What is so, one thing after another taken away: the first in the order decides. */
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "unsubscribed, suppressed, held out | 2026-06-10T22:00:00Z | Skipped[reason=too late]",
                "unsubscribed, suppressed, held out | 2026-06-10T13:00:00Z | Skipped[reason=unsubscribed]",
                "suppressed, held out | 2026-06-10T13:00:00Z | Skipped[reason=bounced]",
                "held out | 2026-06-10T13:00:00Z | Skipped[reason=control group]",
                "wakes late | 2026-06-10T13:00:00Z | Skipped[reason=too late]",
                "sleeps | 2026-06-10T13:00:00Z | RetryLater[reason=quiet hours, notBefore=Optional[2026-06-10T15:00:00Z], mayHaveIt=true]",
                "lives nowhere | 2026-06-10T13:00:00Z | Delivered[]",
                "nothing | 2026-06-10T13:00:00Z | Delivered[]",
            })
    void judgesInAFixedOrder(String so, String at, String expected) {
        welcome.clock.set(Instant.parse(at));
        if (so.contains("suppressed")) {
            welcome.suppress(Suppression.of(Suppression.Kind.BOUNCED, OneCampaign.ENTERED));
        }
        String zone = so.contains("sleeps")
                ? ",\"timezone\":\"America/Los_Angeles\""
                : so.contains("wakes late")
                        ? ",\"timezone\":\"Australia/Brisbane\""
                        : so.contains("nowhere") ? ",\"timezone\":\"No/Where\"" : "";
        String settings = so.contains("held out")
                ? OneCampaign.SETTINGS.replace("\"ttl\"", "\"holdoutPercent\":100,\"ttl\"")
                : OneCampaign.SETTINGS;
        String unsubscribed = so.contains("unsubscribed") ? ",\"unsubscribed\":[\"sms\",\"test\"]" : "";
        Shared shared = OneCampaign.traits("{\"addresses\":[\"a1\"]" + unsubscribed + zone + "}");

        assertThat(welcome.deliver(OneCampaign.campaign(settings), "d1", shared))
                .hasToString(expected);
    }

    /** An application may write it in its own way; the doubt is the person's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"test\"] | true",
                "[\" Test \"] | true",
                "\"test\" | true",
                "true | true",
                "[\"sms\"] | false",
                "\"sms\" | false",
                "false | false",
                "null | false",
            })
    void whoDoesNotWantTheChannelIsNotWrittenTo(String trait, boolean unsubscribed) {
        Outcome outcome =
                welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1\"],\"unsubscribed\":" + trait + "}"));

        assertThat(outcome).isEqualTo(unsubscribed ? new Outcome.Skipped("unsubscribed") : new Outcome.Delivered());
    }

    @Test
    void whoHadEnoughIsSkippedAndARetryTakesNoSecondPlace() {
        Shared shared = OneCampaign.traits("{\"addresses\":[\"a1\"]}");
        welcome.channel.answers.add(later());
        assertThat(welcome.deliver("d1", shared)).isInstanceOf(Outcome.RetryLater.class);
        assertThat(welcome.deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        assertThat(welcome.deliver("d2", shared)).isEqualTo(new Outcome.Delivered());

        assertThat(welcome.deliver("d3", shared)).isEqualTo(new Outcome.Skipped("cap of a day"));
        assertThat(welcome.deliver(
                        OneCampaign.campaign(OneCampaign.SETTINGS.replace("{\"day\":2,\"week\":5}", "\"none\"")),
                        "d4",
                        shared))
                .isEqualTo(new Outcome.Delivered());
    }

    @Test
    void whatWasSentIsNotSentAgain() {
        Shared shared = OneCampaign.traits("{\"addresses\":[\"a1\"]}");
        welcome.deliver("d1", shared);

        assertThat(welcome.deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        assertThat(welcome.channel.sent).hasSize(1);
    }

    @Test
    void inDoubtIsSentAgainOnlyWhereTwoAreSeenAsOne() {
        Shared shared = OneCampaign.traits("{\"addresses\":[\"a1\"]}");
        welcome.channel.answers.add(new Channel.Result.InDoubt("no answer", Pace.UNSAID));
        assertThat(welcome.deliver("d1", shared)).isInstanceOf(Outcome.RetryLater.class);
        assertThat(welcome.deliver("d1", shared)).isEqualTo(new Outcome.Delivered());

        var once = new TestChannel(false);
        var mail = new MessagePartner(once, welcome.log, welcome.clock);
        once.answers.add(new Channel.Result.InDoubt("no answer", Pace.UNSAID));
        Delivery delivery = OneCampaign.delivery("d2", welcome.recipient(shared));
        var unknown = new Outcome.Rejected("unknown whether it was sent");
        assertThat(mail.deliver(OneCampaign.campaign(OneCampaign.SETTINGS), List.of(delivery))
                        .outcomes())
                .containsExactly(unknown);
        welcome.clock.pass(Duration.ofSeconds(1));
        assertThat(mail.deliver(OneCampaign.campaign(OneCampaign.SETTINGS), List.of(delivery))
                        .outcomes())
                .containsExactly(unknown);
        assertThat(once.sent).hasSize(1);
    }

    @Test
    void aDeviceThatIsGoneIsNotTriedAgainAndTheOtherIs() {
        Shared shared = OneCampaign.traits("{\"addresses\":[\"a1\",\"a2\"]}");
        welcome.channel.answers.add(new Channel.Result.Gone());
        assertThat(welcome.deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        welcome.channel.sent.clear();
        welcome.deliver("d2", shared);

        assertThat(welcome.channel.sent)
                .extracting(message -> message.target().address())
                .containsExactly("a2");
    }

    @Test
    void whenAllAreGoneThePersonIsSkippedAndNothingCounts() {
        welcome.channel.answers.add(new Channel.Result.Gone());

        assertThat(welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1\"]}")))
                .isEqualTo(new Outcome.Skipped("no address is left"));
        assertThat(welcome.deliver("d2", OneCampaign.traits("{\"addresses\":[\"a1\"]}")))
                .isEqualTo(new Outcome.Skipped("unregistered"));
    }

    @Test
    void whatAPersonWasSentIsForgottenAndTheirWishIsNot() {
        welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1\"]}"));
        welcome.suppress(Suppression.of(Suppression.Kind.COMPLAINED, OneCampaign.ENTERED));
        assertThat(welcome.log.wasSent(OneCampaign.ANNA, "d1")).isTrue();

        welcome.partner.forget(OneCampaign.ANNA);
        welcome.partner.forget(OneCampaign.ANNA);

        assertThat(welcome.log.wasSent(OneCampaign.ANNA, "d1")).isFalse();
        assertThat(welcome.deliver("d2", OneCampaign.traits("{\"addresses\":[\"a1\"]}")))
                .isEqualTo(new Outcome.Skipped("complained"));
    }

    private static Channel.Result later() {
        return new Channel.Result.Answered(new Outcome.RetryLater("busy"), Pace.UNSAID);
    }
}
