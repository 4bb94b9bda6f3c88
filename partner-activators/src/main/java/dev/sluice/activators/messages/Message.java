package dev.sluice.activators.messages;

import java.time.Instant;
import java.util.Map;

/**
 * A message that is to be sent to one address. Immutable; it does not show what it says.
 *
 * @param id the same however often it is sent
 * @param parts the filled texts by the names of the channel's {@link Part}s
 * @param until after that it is of no use
 */
public record Message(String id, Channel.Target target, Map<String, String> parts, Instant until) {
    public Message {
        parts = Map.copyOf(parts);
    }

    @Override
    public String toString() {
        return "Message[" + id + "]";
    }
}
