package dev.sluice.infra;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the infrastructure can be told, read once from the CDK's context ({@code cdk synth -c sluice:stage=…}).
 *
 * <p>Keys, all optional: {@code sluice:stage} (dev), {@code sluice:region} (eu-west-1), {@code sluice:account} (that of
 * the credentials), {@code sluice:shards} (a number; on demand without it), {@code sluice:retention} (P7D); what is there
 * already and functions are to use: {@code sluice:subnets} and {@code sluice:security-groups} (ids with commas between
 * them), {@code sluice:classifier-url}, {@code sluice:redis-uri} and {@code
 * sluice:redis-cluster} (false), {@code sluice:alarm-topic}. Any other key with our prefix is
 * refused, so that a mistyped one is not silently a default.
 */
record Deployment(Environment environment, StreamSettings streams, Connected connected) {
    private static final String PREFIX = "sluice:";
    private static final Set<String> KEYS = Set.of(
            "stage",
            "region",
            "account",
            "shards",
            "retention",
            "subnets",
            "security-groups",
            "classifier-url",
            "redis-uri",
            "redis-cluster",
            "alarm-topic");

    static Deployment of(Map<String, ?> context) {
        refuseUnknownKeys(context);
        var environment = new Environment(
                value(context, "stage", "dev"),
                value(context, "region", "eu-west-1"),
                context.containsKey(PREFIX + "account") ? value(context, "account", "") : null);
        var retention = Duration.parse(value(context, "retention", "P7D"));
        return new Deployment(
                environment,
                new StreamSettings(capacity(context.get(PREFIX + "shards")), retention),
                connected(context));
    }

    private static Connected connected(Map<String, ?> context) {
        var subnets = ids(context, "subnets");
        var groups = ids(context, "security-groups");
        return new Connected(
                subnets.isEmpty() && groups.isEmpty() ? Optional.empty() : Optional.of(new Network(subnets, groups)),
                found(context, "classifier-url").map(URI::create),
                redis(context),
                found(context, "alarm-topic"));
    }

    private static Optional<Connected.Redis> redis(Map<String, ?> context) {
        var cluster = value(context, "redis-cluster", "false");
        if (!cluster.equals("true") && !cluster.equals("false")) {
            throw new IllegalArgumentException("redis-cluster '" + cluster + "' is neither true nor false");
        }
        var address = found(context, "redis-uri").map(URI::create);
        if (address.isEmpty() && cluster.equals("true")) {
            throw new IllegalArgumentException("redis-cluster needs redis-uri");
        }
        return address.map(uri -> new Connected.Redis(uri, cluster.equals("true")));
    }

    private static List<String> ids(Map<String, ?> context, String key) {
        return found(context, key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Optional<String> found(Map<String, ?> context, String key) {
        return Optional.ofNullable(context.get(PREFIX + key)).map(Object::toString);
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
