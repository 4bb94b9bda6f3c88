package dev.sluice.model.activation;

import dev.sluice.model.Value;
import java.util.Map;
import java.util.Optional;

/**
 * How one account tells one partner: which segments, under which of the partner's own names, of whom, and with whose
 * secret. A campaign is a connection to a channel of messages. Immutable.
 *
 * @param name unique in the account and part of every delivery id, so it must never change: lower-case letters, digits and
 *     hyphens
 * @param partner which partner: {@code webhook}, {@code meta} and so on
 * @param audiences the partner's own id of each segment's audience, by segment id; empty: every segment, under its own id
 * @param consent to what a person must have agreed
 * @param secret name of the secret that the partner gave us; it is stored elsewhere
 * @param paused whether nothing is sent for now; what changes meanwhile is kept
 * @param settings what this partner needs to know besides: addresses, ids, templates; never a secret
 */
public record Connection(
        String name,
        String partner,
        Optional<Map<String, String>> audiences,
        Consent consent,
        Optional<String> secret,
        boolean paused,
        Value.Fields settings) {
    public Connection {
        audiences = audiences.map(Map::copyOf);
    }

    /** The partner's own id of a segment's audience; empty if the partner is not to be told of it. */
    public Optional<String> audience(String segment) {
        return audiences.isEmpty()
                ? Optional.of(segment)
                : Optional.ofNullable(audiences.get().get(segment));
    }
}
