package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: a person is sent a campaign's message once; only what templates name is kept of the person; nothing goes to those
 * who do not want it, are held out, sleep, had enough, or to whom it comes too late, in a fixed order; a retry takes no second
 * place; what may have been sent is not sent again where that would be seen twice; mistakes in settings are told all at once.
 */
class MessagePartnerTest {
    private static final Instant ENTERED = Instant.parse("2026-06-10T12:00:00Z");
    private static final PersonKey ANNA = new PersonKey("demo", "anna");
    private static final String SETTINGS = """
            {"project":"game","topic":"offers","template":{"title":"Hi {{firstName}}","body":"{{event.product}} & more"},
             "translations":{"de":{"title":"Hallo {{firstName}}"}},
             "defaults":{"firstName":"player","event.product":"Sword"},
             "quietHours":{"from":"22:00","to":"08:00","zone":"UTC"},"caps":{"day":2,"week":5},"ttl":"PT10H"}""";

    private final TestChannel channel = new TestChannel(true);
    private final MemoryMessageLog log = new MemoryMessageLog();
    private Instant now = ENTERED.plusSeconds(1);
    private final MessagePartner partner = new MessagePartner(channel, log, () -> now);

    @Test
    void sendsTheFilledTexts() {
        assertThat(deliver("d1", traits("{\"addresses\":[\"a1\"],\"firstName\":\"<Anna>\"}")))
                .isEqualTo(new Outcome.Delivered());

        assertThat(channel.sent).hasSize(1);
        assertThat(channel.sent.getFirst().parts()).isEqualTo(Map.of("title", "Hi <Anna>", "body", "Sword & more"));
        assertThat(channel.sent.getFirst().target().address()).isEqualTo("a1");
        assertThat(channel.sent.getFirst().until()).isEqualTo(ENTERED.plusSeconds(36_000));
    }

    @Test
    void theEventsPropertiesAreEscapedInHtmlAndOthersOfItAreNotKept() {
        Shared shared = new Shared(
                traits("{\"addresses\":[\"a1\"],\"firstName\":\"Anna\",\"income\":5}")
                        .traits(),
                Optional.of(new Shared.Happening("bought", fields("{\"product\":\"<i>\",\"price\":9}"))));

        assertThat(recipient(shared))
                .isEqualTo(
                        "{\"v\":1,\"to\":[\"a1\"],\"unsubscribed\":[],\"values\":{\"event.product\":\"<i>\",\"firstName\":\"Anna\"}}");
        deliver("d1", shared);
        assertThat(channel.sent.getFirst().parts()).containsEntry("body", "&lt;i&gt; & more");
    }

    @Test
    void whatIsKeptOfAPersonIsBounded() {
        String template = "{{#a}}{{.}}{{/a}}{{#b}}{{.}}{{/b}}{{c}}";
        String list = "[" + "\"xxxxxxxxxx\",".repeat(100) + "\"x\"]";
        String longText = "y".repeat(100_000);
        Connection campaign = campaign(SETTINGS.replace("Hi {{firstName}}", template));
        String recipient = partner.recipient(
                        campaign,
                        ANNA,
                        traits("{\"addresses\":[\"a1\"],\"a\":" + list + ",\"b\":"
                                + list.replace("x", longText.substring(0, 50)) + ",\"c\":\"" + longText + "\"}"))
                .orElseThrow();

        assertThat(recipient)
                .hasSizeLessThan(6_000)
                .contains("\"a\":[\"xxxxxxxxxx\"", "\"c\":\"yyy")
                .doesNotContain("\"b\":");
    }

    @Test
    void speaksThePersonsLanguage() {
        deliver("d1", traits("{\"addresses\":[\"a1\"],\"locale\":\"de-AT\"}"));

        assertThat(channel.sent.getFirst().parts()).isEqualTo(Map.of("title", "Hallo player"));
    }

    @Test
    void whoHasNoAddressIsNotTold() {
        assertThat(partner.recipient(campaign(SETTINGS), ANNA, traits("{\"firstName\":\"Anna\"}")))
                .isEmpty();
    }

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
                "sleeps | 2026-06-10T13:00:00Z | RetryLater[reason=quiet hours, notBefore=Optional[2026-06-10T15:00:00Z]]",
                "lives nowhere | 2026-06-10T13:00:00Z | Delivered[]",
                "nothing | 2026-06-10T13:00:00Z | Delivered[]",
            })
    void judgesInAFixedOrder(String so, String at, String expected) {
        now = Instant.parse(at);
        if (so.contains("suppressed")) {
            suppress(log, "demo", "test", "a1", Suppression.of(Suppression.Kind.BOUNCED, ENTERED));
        }
        String zone = so.contains("sleeps")
                ? ",\"timezone\":\"America/Los_Angeles\""
                : so.contains("wakes late")
                        ? ",\"timezone\":\"Australia/Brisbane\""
                        : so.contains("nowhere") ? ",\"timezone\":\"No/Where\"" : "";
        String settings =
                so.contains("held out") ? SETTINGS.replace("\"ttl\"", "\"holdoutPercent\":100,\"ttl\"") : SETTINGS;
        String unsubscribed = so.contains("unsubscribed") ? ",\"unsubscribed\":[\"sms\",\"test\"]" : "";
        Shared shared = traits("{\"addresses\":[\"a1\"]" + unsubscribed + zone + "}");

        assertThat(deliver(campaign(settings), "d1", shared)).hasToString(expected);
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
        Outcome outcome = deliver("d1", traits("{\"addresses\":[\"a1\"],\"unsubscribed\":" + trait + "}"));

        assertThat(outcome).isEqualTo(unsubscribed ? new Outcome.Skipped("unsubscribed") : new Outcome.Delivered());
    }

    @Test
    void whoHadEnoughIsSkippedAndARetryTakesNoSecondPlace() {
        Shared shared = traits("{\"addresses\":[\"a1\"]}");
        channel.answers.add(later());
        assertThat(deliver("d1", shared)).isInstanceOf(Outcome.RetryLater.class);
        assertThat(deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        assertThat(deliver("d2", shared)).isEqualTo(new Outcome.Delivered());

        assertThat(deliver("d3", shared)).isEqualTo(new Outcome.Skipped("cap of a day"));
        assertThat(deliver(campaign(SETTINGS.replace("{\"day\":2,\"week\":5}", "\"none\"")), "d4", shared))
                .isEqualTo(new Outcome.Delivered());
    }

    @Test
    void whatWasSentIsNotSentAgain() {
        Shared shared = traits("{\"addresses\":[\"a1\"]}");
        deliver("d1", shared);

        assertThat(deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        assertThat(channel.sent).hasSize(1);
    }

    @Test
    void inDoubtIsSentAgainOnlyWhereTwoAreSeenAsOne() {
        Shared shared = traits("{\"addresses\":[\"a1\"]}");
        channel.answers.add(new Channel.Result.InDoubt("no answer", Pace.UNSAID));
        assertThat(deliver("d1", shared)).isInstanceOf(Outcome.RetryLater.class);
        assertThat(deliver("d1", shared)).isEqualTo(new Outcome.Delivered());

        var once = new TestChannel(false);
        var mail = new MessagePartner(once, log, () -> now);
        once.answers.add(new Channel.Result.InDoubt("no answer", Pace.UNSAID));
        Delivery delivery = delivery("d2", recipient(shared));
        var unknown = new Outcome.Rejected("unknown whether it was sent");
        assertThat(mail.deliver(campaign(SETTINGS), List.of(delivery)).outcomes())
                .containsExactly(unknown);
        now = now.plusSeconds(1);
        assertThat(mail.deliver(campaign(SETTINGS), List.of(delivery)).outcomes())
                .containsExactly(unknown);
        assertThat(once.sent).hasSize(1);
    }

    @Test
    void aDeviceThatIsGoneIsNotTriedAgainAndTheOtherIs() {
        Shared shared = traits("{\"addresses\":[\"a1\",\"a2\"]}");
        channel.answers.add(new Channel.Result.Gone());
        assertThat(deliver("d1", shared)).isEqualTo(new Outcome.Delivered());
        channel.sent.clear();
        deliver("d2", shared);

        assertThat(channel.sent)
                .extracting(message -> message.target().address())
                .containsExactly("a2");
    }

    @Test
    void whenAllAreGoneThePersonIsSkippedAndNothingCounts() {
        channel.answers.add(new Channel.Result.Gone());

        assertThat(deliver("d1", traits("{\"addresses\":[\"a1\"]}")))
                .isEqualTo(new Outcome.Skipped("no address is left"));
        assertThat(deliver("d2", traits("{\"addresses\":[\"a1\"]}"))).isEqualTo(new Outcome.Skipped("unregistered"));
    }

    @Test
    void aValueWithoutADefaultIsNamedAndNothingIsSent() {
        String settings = SETTINGS.replace("\"firstName\":\"player\",", "");

        assertThat(deliver(campaign(settings), "d1", traits("{\"addresses\":[\"a1\"],\"firstName\":\" \"}")))
                .isEqualTo(new Outcome.Rejected("title: no value and no default for firstName"));
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void aMessageIsNotTakenBack() {
        Delivery left = new Delivery(
                "d1",
                ANNA,
                "s",
                "s",
                SegmentChange.Direction.LEFT,
                ENTERED,
                3,
                1,
                cause(),
                recipient(traits("{\"addresses\":[\"a1\"]}")));

        assertThat(partner.deliver(campaign(SETTINGS), List.of(left)).outcomes())
                .containsExactly(new Outcome.Skipped("a message is not taken back"));
    }

    @Test
    void whatAPersonWasSentIsForgottenAndTheirWishIsNot() {
        deliver("d1", traits("{\"addresses\":[\"a1\"]}"));
        suppress(log, "demo", "test", "a1", Suppression.of(Suppression.Kind.COMPLAINED, ENTERED));
        assertThat(log.wasSent(ANNA, "d1")).isTrue();

        partner.forget(ANNA);
        partner.forget(ANNA);

        assertThat(log.wasSent(ANNA, "d1")).isFalse();
        assertThat(deliver("d2", traits("{\"addresses\":[\"a1\"]}"))).isEqualTo(new Outcome.Skipped("complained"));
    }

    @Test
    void mistakesInSettingsAreToldAllAtOnce() {
        String wrong =
                "{\"template\":{\"title\":\"{{> x}}\",\"bdoy\":\"\"},\"caps\":{\"day\":0},\"quietHours\":{\"from\":\"25:00\",\"to\":\"08:00\"},"
                        + "\"holdoutPercent\":101,\"ttl\":\"P9D\",\"topik\":1}";

        assertThat(partner.problem(campaign(wrong)).orElseThrow())
                .contains("topik is not known", "project is missing", "template.title may only name values")
                .contains("template.bdoy is not known", "caps.day must be a whole number from 1 to 100")
                .contains("quietHours.from must be a time", "holdoutPercent must be", "ttl must be");
        assertThat(partner.problem(campaign(SETTINGS))).isEmpty();
    }

    @Test
    void nothingShowsThePersonOrTheText() {
        deliver("d1", traits("{\"addresses\":[\"a1@example.com\"],\"firstName\":\"Anna\"}"));

        assertThat(channel.sent.getFirst().toString() + channel.sent.getFirst().target())
                .doesNotContain("Anna", "anna", "example.com");
    }

    private Outcome deliver(String id, Shared shared) {
        return deliver(campaign(SETTINGS), id, shared);
    }

    private Outcome deliver(Connection campaign, String id, Shared shared) {
        String recipient = partner.recipient(campaign, ANNA, shared).orElseThrow();
        return partner.deliver(campaign, List.of(delivery(id, recipient)))
                .outcomes()
                .getFirst();
    }

    private String recipient(Shared shared) {
        return partner.recipient(campaign(SETTINGS), ANNA, shared).orElseThrow();
    }

    private static Delivery delivery(String id, String recipient) {
        return new Delivery(id, ANNA, "s", "s", SegmentChange.Direction.ENTERED, ENTERED, 2, 1, cause(), recipient);
    }

    private static Cause cause() {
        return new Cause(Cause.Kind.EVENT, "e1", ENTERED, Optional.empty());
    }

    private static Channel.Result later() {
        return new Channel.Result.Answered(new Outcome.RetryLater("busy"), Pace.UNSAID);
    }

    private static Connection campaign(String settings) {
        return new Connection(
                "welcome", "test", Optional.empty(), Consent.NONE, Optional.empty(), false, fields(settings));
    }

    private static Shared traits(String json) {
        return new Shared(fields(json), Optional.empty());
    }

    private static Value.Fields fields(String json) {
        return JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void suppress(
            MessageLog log, String account, String channel, String address, Suppression suppression) {
        log.suppress(account, AddressKey.of(account, channel, address), suppression);
    }
}
