package dev.sluice.activators.ses;

import dev.sluice.activators.messages.AddressKey;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.Suppression;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Bounces and complaints. A permanent bounce and a complaint stand against the address from then on; a transient one (a full
 * mailbox) does not. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents of event
 *     data, read in November 2026</a>
 */
final class SesEvents {
    private static final String CHANNEL = "email";

    private final MessageLog log;

    SesEvents(MessageLog log) {
        this.log = log;
    }

    /** @throws MalformedException if it is not what SES publishes; it repeats nothing of it */
    void take(String message) {
        Value.Fields event = JsonText.readObject(message.getBytes(StandardCharsets.UTF_8));
        switch (event.findText("eventType")
                .or(() -> event.findText("notificationType"))
                .orElse("")) {
            case "Bounce" -> {
                Value.Fields bounce = event.inner("bounce");
                if (bounce.text("bounceType").equals("Permanent")) {
                    suppress(event, bounce, "bouncedRecipients", Suppression.Kind.BOUNCED);
                }
            }
            case "Complaint" -> {
                Value.Fields complaint = event.inner("complaint");
                // The one kind of feedback that says the opposite: the person took the message out of the spam folder.
                if (!complaint.find("complaintFeedbackType").equals(Optional.of(Value.of("not-spam")))) {
                    suppress(event, complaint, "complainedRecipients", Suppression.Kind.COMPLAINED);
                }
            }
            default -> {
                // Deliveries, opens and clicks say nothing against an address.
            }
        }
    }

    private void suppress(Value.Fields event, Value.Fields what, String recipients, Suppression.Kind kind) {
        String account = account(event.inner("mail"));
        Instant at = JsonText.instant("timestamp", what.text("timestamp"));
        for (Value.Fields recipient : what.innerList(recipients)) {
            String address = bare(recipient.text("emailAddress"));
            log.suppress(account, AddressKey.of(account, CHANNEL, address), Suppression.of(kind, at));
        }
    }

    private static String account(Value.Fields mail) {
        return mail.inner("tags").list("account").stream()
                .findFirst()
                .filter(Value.Text.class::isInstance)
                .map(tag -> new PersonKey(((Value.Text) tag).text(), "x").account())
                .orElseThrow(() -> new MalformedException("mail.tags.account is missing"));
    }

    /** Some servers report {@code Name <address>}. */
    private static String bare(String address) {
        int open = address.lastIndexOf('<');
        return open >= 0 && address.endsWith(">") ? address.substring(open + 1, address.length() - 1) : address;
    }
}
