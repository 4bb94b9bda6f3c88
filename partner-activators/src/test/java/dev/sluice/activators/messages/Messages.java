package dev.sluice.activators.messages;

import dev.sluice.activators.Delivery;
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
import java.util.Map;
import java.util.Optional;

/** Messages, campaigns and values of one test or another. */
public final class Messages {
    /** When they are sent. */
    public static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");

    private Messages() {}

    /** A message of the account demo's person anna that is of use for an hour. */
    public static Message message(Connection campaign, String address, Map<String, String> parts) {
        var target = new Channel.Target(campaign, new PersonKey("demo", "anna"), address, "offers");
        return new Message("msg_00112233445566778899aabbccddeeff", target, parts, NOW.plusSeconds(3_600));
    }

    /** That anna entered a segment just now, of whom these traits are shared. */
    public static Delivery delivery(MessagePartner partner, Connection campaign, String traits) {
        var anna = new PersonKey("demo", "anna");
        return new Delivery(
                "msg_00112233445566778899aabbccddeeff",
                anna,
                "s",
                "s",
                SegmentChange.Direction.ENTERED,
                NOW,
                2,
                1,
                new Cause(Cause.Kind.EVENT, "e1", NOW, Optional.empty()),
                partner.recipient(campaign, anna, new Shared(fields(traits), Optional.empty()))
                        .orElseThrow());
    }

    /** A campaign with these settings. */
    public static Connection campaign(String channel, String settings) {
        return new Connection(
                "welcome", channel, Optional.empty(), Consent.NONE, Optional.of("key"), false, fields(settings));
    }

    /** A JSON object. */
    public static Value.Fields fields(String json) {
        return JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
