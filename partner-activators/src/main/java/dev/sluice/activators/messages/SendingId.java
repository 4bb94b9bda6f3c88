package dev.sluice.activators.messages;

import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;

/** How what is sent by hand is recognised. Stateless. */
final class SendingId {
    /** What an operator may call a sending. */
    static final String FORM = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    private SendingId() {}

    /** The id of one person's delivery in a sending: the same however often the sending is run. */
    static String delivery(String sending, String connection, PersonKey person) {
        String parts = String.join("\0", "sending", sending, connection, person.account(), person.person());
        return "msg_" + Sha256.hex(parts.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
