package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of what is written: templates are filled with what is shared of the person, in their language; only what templates
 * name is kept, and never more than so much; a message is not taken back; mistakes in settings are told all at once.
 */
class MessagePartnerTest {
    private final OneCampaign welcome = new OneCampaign();

    @Test
    void sendsTheFilledTexts() {
        assertThat(welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1\"],\"firstName\":\"<Anna>\"}")))
                .isEqualTo(new Outcome.Delivered());

        assertThat(welcome.channel.sent).hasSize(1);
        assertThat(welcome.channel.sent.getFirst().parts())
                .isEqualTo(Map.of("title", "Hi <Anna>", "body", "Sword & more"));
        assertThat(welcome.channel.sent.getFirst().target().address()).isEqualTo("a1");
        assertThat(welcome.channel.sent.getFirst().until()).isEqualTo(OneCampaign.ENTERED.plusSeconds(36_000));
    }

    @Test
    void theEventsPropertiesAreEscapedInHtmlAndOthersOfItAreNotKept() {
        Shared shared = new Shared(
                OneCampaign.traits("{\"addresses\":[\"a1\"],\"firstName\":\"Anna\",\"income\":5}")
                        .traits(),
                Optional.of(new Shared.Happening("bought", Messages.fields("{\"product\":\"<i>\",\"price\":9}"))));

        assertThat(welcome.recipient(shared))
                .isEqualTo(
                        "{\"v\":1,\"to\":[\"a1\"],\"unsubscribed\":[],\"values\":{\"event.product\":\"<i>\",\"firstName\":\"Anna\"}}");
        welcome.deliver("d1", shared);
        assertThat(welcome.channel.sent.getFirst().parts()).containsEntry("body", "&lt;i&gt; & more");
    }

    @Test
    void whatIsKeptOfAPersonIsBounded() {
        String template = "{{#a}}{{.}}{{/a}}{{#b}}{{.}}{{/b}}{{c}}";
        String list = "[" + "\"xxxxxxxxxx\",".repeat(100) + "\"x\"]";
        String longText = "y".repeat(100_000);
        Connection campaign = OneCampaign.campaign(OneCampaign.SETTINGS.replace("Hi {{firstName}}", template));
        String recipient = welcome.partner
                .recipient(
                        campaign,
                        OneCampaign.ANNA,
                        OneCampaign.traits("{\"addresses\":[\"a1\"],\"a\":" + list + ",\"b\":"
                                + list.replace("x", longText.substring(0, 50)) + ",\"c\":\"" + longText + "\"}"))
                .orElseThrow();

        assertThat(recipient)
                .hasSizeLessThan(6_000)
                .contains("\"a\":[\"xxxxxxxxxx\"", "\"c\":\"yyy")
                .doesNotContain("\"b\":");
    }

    @Test
    void speaksThePersonsLanguage() {
        welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1\"],\"locale\":\"de-AT\"}"));

        assertThat(welcome.channel.sent.getFirst().parts()).isEqualTo(Map.of("title", "Hallo player"));
    }

    @Test
    void whoHasNoAddressIsNotTold() {
        assertThat(welcome.partner.recipient(
                        OneCampaign.campaign(OneCampaign.SETTINGS),
                        OneCampaign.ANNA,
                        OneCampaign.traits("{\"firstName\":\"Anna\"}")))
                .isEmpty();
    }

    @Test
    void aValueWithoutADefaultIsNamedAndNothingIsSent() {
        String settings = OneCampaign.SETTINGS.replace("\"firstName\":\"player\",", "");

        assertThat(welcome.deliver(
                        OneCampaign.campaign(settings),
                        "d1",
                        OneCampaign.traits("{\"addresses\":[\"a1\"],\"firstName\":\" \"}")))
                .isEqualTo(new Outcome.Rejected("title: no value and no default for firstName"));
        assertThat(welcome.channel.sent).isEmpty();
    }

    @Test
    void aMessageIsNotTakenBack() {
        Delivery left = new Delivery(
                "d1",
                OneCampaign.ANNA,
                "s",
                "s",
                SegmentChange.Direction.LEFT,
                OneCampaign.ENTERED,
                3,
                1,
                OneCampaign.cause(),
                welcome.recipient(OneCampaign.traits("{\"addresses\":[\"a1\"]}")));

        assertThat(welcome.partner
                        .deliver(OneCampaign.campaign(OneCampaign.SETTINGS), List.of(left))
                        .outcomes())
                .containsExactly(new Outcome.Skipped("a message is not taken back"));
    }

    @Test
    void mistakesInSettingsAreToldAllAtOnce() {
        String wrong =
                "{\"template\":{\"title\":\"{{> x}}\",\"bdoy\":\"\"},\"caps\":{\"day\":0},\"quietHours\":{\"from\":\"25:00\",\"to\":\"08:00\"},"
                        + "\"holdoutPercent\":101,\"ttl\":\"P9D\",\"topik\":1}";

        assertThat(welcome.partner.problem(OneCampaign.campaign(wrong)).orElseThrow())
                .contains("topik is not known", "project is missing", "template.title may only name values")
                .contains("template.bdoy is not known", "caps.day must be a whole number from 1 to 100")
                .contains("quietHours.from must be a time", "holdoutPercent must be", "ttl must be");
        assertThat(welcome.partner.problem(OneCampaign.campaign(OneCampaign.SETTINGS)))
                .isEmpty();
    }

    @Test
    void nothingShowsThePersonOrTheText() {
        welcome.deliver("d1", OneCampaign.traits("{\"addresses\":[\"a1@example.com\"],\"firstName\":\"Anna\"}"));

        assertThat(welcome.channel.sent.getFirst().toString()
                        + welcome.channel.sent.getFirst().target())
                .doesNotContain("Anna", "anna", "example.com");
    }
}
