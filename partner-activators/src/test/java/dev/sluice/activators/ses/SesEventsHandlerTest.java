package dev.sluice.activators.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import dev.sluice.activators.LambdaCall;
import dev.sluice.activators.LambdaJson;
import dev.sluice.activators.messages.MemoryMessageLog;
import dev.sluice.activators.messages.Suppression;
import dev.sluice.activators.messages.Suppressions;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises: a permanent bounce and a complaint stand against the address in its account, a transient bounce and other events
 * do not; what cannot be read fails without repeating an address.
 *
 * <p>The messages are those of https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html (read
 * in November 2026), in the envelope that SNS gives a Lambda.
 */
class SesEventsHandlerTest {
    private static final String MAIL =
            "\"mail\":{\"timestamp\":\"2026-06-10T12:00:00.000Z\",\"source\":\"hello@game.example\",\"messageId\":\"0102\","
                    + "\"destination\":[\"anna@example.com\"],\"tags\":{\"ses:configuration-set\":[\"main\"],"
                    + "\"account\":[\"demo\"],\"campaign\":[\"welcome\"]}}";

    private final MemoryMessageLog log = new MemoryMessageLog();

    @Test
    void aPermanentBounceStandsAgainstTheAddress() {
        handle(bounce("Permanent"));

        assertThat(against("anna@example.com").list())
                .extracting(Suppression::kind)
                .containsExactly(Suppression.Kind.BOUNCED);
        assertThat(log.suppressions("other", "email", List.of("anna@example.com"))
                        .values())
                .containsExactly(Suppressions.NONE);
    }

    @Test
    void aTransientBounceDoesNot() {
        handle(bounce("Transient"));

        assertThat(against("anna@example.com")).isEqualTo(Suppressions.NONE);
    }

    @Test
    void aComplaintStandsAgainstTheAddressHoweverItIsWritten() {
        handle(
                "{\"eventType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":\"Anna <Anna@example.com>\"}],"
                        + "\"timestamp\":\"2026-06-10T12:01:00.000Z\",\"complaintFeedbackType\":\"abuse\"}," + MAIL
                        + "}");

        assertThat(against("anna@example.com").list())
                .extracting(Suppression::kind)
                .containsExactly(Suppression.Kind.COMPLAINED);
    }

    @Test
    void whoTookAMessageOutOfTheSpamFolderDidNotComplain() {
        handle(
                "{\"eventType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":\"anna@example.com\"}],"
                        + "\"timestamp\":\"2026-06-10T12:01:00.000Z\",\"complaintFeedbackType\":\"not-spam\"}," + MAIL
                        + "}");

        assertThat(against("anna@example.com")).isEqualTo(Suppressions.NONE);
    }

    @Test
    void otherEventsSayNothingAgainstAnAddress() {
        handle("{\"eventType\":\"Delivery\",\"delivery\":{}," + MAIL + "}");

        assertThat(against("anna@example.com")).isEqualTo(Suppressions.NONE);
    }

    @Test
    void whatCannotBeReadFailsWithoutRepeatingAnAddress() {
        assertThatThrownBy(() -> handle(bounce("Permanent").replace("\"account\"", "\"acount\"")))
                .isInstanceOf(MalformedException.class)
                .hasMessage("mail.tags.account is missing");
        assertThatThrownBy(() -> handle("anna@example.com bounced"))
                .isInstanceOf(MalformedException.class)
                .hasMessageNotContaining("anna");
    }

    private static String bounce(String type) {
        return "{\"eventType\":\"Bounce\",\"bounce\":{\"bounceType\":\"" + type + "\",\"bounceSubType\":\"General\","
                + "\"bouncedRecipients\":[{\"emailAddress\":\"anna@example.com\",\"action\":\"failed\",\"status\":\"5.1.1\"}],"
                + "\"timestamp\":\"2026-06-10T12:00:30.000Z\",\"feedbackId\":\"01\",\"reportingMTA\":\"dsn; a8-50\"},"
                + MAIL
                + "}";
    }

    private Suppressions against(String address) {
        return log.suppressions("demo", "email", List.of(address)).getOrDefault(address, Suppressions.NONE);
    }

    private void handle(String message) {
        String json = new String(
                JsonText.writeObject(event -> {
                    event.writeArrayPropertyStart("Records");
                    event.writeStartObject();
                    event.writeStringProperty("EventSource", "aws:sns");
                    event.writeStringProperty("EventVersion", "1.0");
                    event.writeStringProperty("EventSubscriptionArn", "arn:aws:sns:eu-west-1:123456789012:ses:1");
                    event.writeObjectPropertyStart("Sns");
                    event.writeStringProperty("Type", "Notification");
                    event.writeStringProperty("MessageId", "95df01b4-ee98-5cb9-9903-4c221d41eb5e");
                    event.writeStringProperty("Timestamp", "2026-06-10T12:00:31.000Z");
                    event.writeStringProperty("Message", message);
                    event.writeEndObject();
                    event.writeEndObject();
                    event.writeEndArray();
                }),
                StandardCharsets.UTF_8);
        new SesEventsHandler(log).handleRequest(LambdaJson.parse(json, SNSEvent.class), new LambdaCall(1_000));
    }
}
