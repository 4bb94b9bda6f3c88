package dev.sluice.infra;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the infrastructure can be told, read once from the CDK's context ({@code cdk synth -c sluice:stage=…}).
 *
 * <p>Keys, all optional: {@code sluice:stage} (dev), {@code sluice:region} (eu-west-1), {@code sluice:account} (that of
 * the credentials), {@code sluice:shards} (a number; on demand without it), {@code sluice:retention} (P7D). Any other
 * key with our prefix is refused, so that a mistyped one is not silently a default.
 */
record Deployment(Environment environment, StreamSettings streams) {
    private static final String PREFIX = "sluice:";
    private static final Set<String> KEYS = Set.of("stage", "region", "account", "shards", "retention");

    static Deployment of(Map<String, ?> context) {
        refuseUnknownKeys(context);
        var environment = new Environment(
                value(context, "stage", "dev"),
                value(context, "region", "eu-west-1"),
                context.containsKey(PREFIX + "account") ? value(context, "account", "") : null);
        var retention = Duration.parse(value(context, "retention", "P7D"));
        return new Deployment(environment, new StreamSettings(capacity(context.get(PREFIX + "shards")), retention));
    }

    private static StreamCapacity capacity(@Nullable Object shards) {
        return shards == null
                ? new StreamCapacity.OnDemand()
                : new StreamCapacity.Provisioned(Integer.parseInt(shards.toString()));
    }

    private static String value(Map<String, ?> context, String key, String otherwise) {
        var value = context.get(PREFIX + key);
        return value == null ? otherwise : value.toString();
    }

    private static void refuseUnknownKeys(Map<String, ?> context) {
        for (var key : context.keySet()) {
            if (key.startsWith(PREFIX) && !KEYS.contains(key.substring(PREFIX.length()))) {
                throw new IllegalArgumentException("unknown context key " + key + ": known are " + PREFIX
                        + String.join(", " + PREFIX, new TreeSet<>(KEYS)));
            }
        }
    }
}
