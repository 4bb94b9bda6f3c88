package dev.sluice.model.activation;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * To what a person must have agreed before a partner is told anything. Immutable.
 *
 * @param policy whether all the channels count, or one is enough
 * @param channels keys of the trait {@code consents}; none asks for nothing
 */
public record Consent(Policy policy, List<String> channels) {
    /** Nothing is asked. */
    public static final Consent NONE = new Consent(Policy.ALL, List.of());

    /** How many of the channels are needed. */
    public enum Policy {
        ALL,
        ANY
    }

    public Consent {
        channels = List.copyOf(channels);
    }

    /** Whether these consents are enough. A channel of which nothing was said is not agreed to. */
    public boolean isGivenBy(Value.Fields consents) {
        if (channels.isEmpty()) {
            return true;
        }
        return switch (policy) {
            case ALL -> channels.stream().allMatch(channel -> isGiven(consents, channel));
            case ANY -> channels.stream().anyMatch(channel -> isGiven(consents, channel));
        };
    }

    private static boolean isGiven(Value.Fields consents, String channel) {
        return consents.find(channel).equals(Optional.of(Value.of(true)));
    }
}
