package dev.sluice.infra;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What functions need that these stacks do not make. What is missing leaves out the functions that need it.
 *
 * @param network where functions run that call other programs; without it they run outside of any network of ours
 * @param classifier its address, http or https: without it there is no dispatcher and nobody keeps time
 * @param redis without it the user table's function is left out
 * @param alarmTopic ARN of the SNS topic that hears of alarms: without it they only change their colour
 */
record Connected(
        Optional<Network> network, Optional<URI> classifier, Optional<Redis> redis, Optional<String> alarmTopic) {
    static final Connected TO_NOTHING =
            new Connected(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}");

    public Connected {
        classifier.ifPresent(address -> require("classifier-url", address, Set.of("http", "https")));
        alarmTopic.ifPresent(topic -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new IllegalArgumentException("alarm-topic '" + topic + "' is not the ARN of an SNS topic");
            }
        });
        if (network.isEmpty() && redis.isPresent()) {
            throw new IllegalArgumentException(
                    "redis-uri needs subnets and security-groups from which Redis is reached");
        }
    }

    /**
     * Where Redis is.
     *
     * @param address redis or rediss, without a password, which templates would show
     * @param cluster whether that is a cluster, by one of its nodes or the name under which they are found
     */
    record Redis(URI address, boolean cluster) {
        public Redis {
            require("redis-uri", address, Set.of("redis", "rediss"));
        }
    }

    private static void require(String name, URI address, Set<String> schemes) {
        if (!schemes.contains(String.valueOf(address.getScheme())) || address.getHost() == null) {
            throw new IllegalArgumentException(name + " is not an address of "
                    + String.join(" or ", schemes.stream().sorted().toList()));
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " must not hold a user or a password: templates would show it");
        }
    }
}
