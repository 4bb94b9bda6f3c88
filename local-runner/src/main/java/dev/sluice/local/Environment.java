package dev.sluice.local;

import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.LocalServers;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The variables by which programs and functions find each other and the servers. Stateless. */
final class Environment {
    private Environment() {}

    /**
     * The same for all of them.
     *
     * @param redis where it is reached
     */
    static Map<String, String> of(HouseSettings settings, LocalServers servers, URI redis, Secrets secrets) {
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.put("AWS_ENDPOINT_URL_KINESIS", servers.kinesis().endpoint().toString());
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", servers.dynamoDb().endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
        environment.put("SLUICE_S3_PATH_STYLE", "true");
        environment.put("SLUICE_REDIS_URI", redis.toString());
        environment.put("SLUICE_DUE_FOR", "PT0S");
        environment.put("SLUICE_EVENTS_STREAM", Resources.EVENTS);
        environment.put("SLUICE_ACTIVATIONS_STREAM", Resources.ACTIVATIONS);
        environment.put("SLUICE_PROFILES_TABLE", Resources.PROFILES);
        environment.put("SLUICE_IDENTITIES_TABLE", Resources.IDENTITIES);
        environment.put("SLUICE_LAKE_BUCKET", Resources.LAKE);
        environment.put("SLUICE_RULE_SETS_BUCKET", Resources.RULE_SETS);
        environment.put("SLUICE_PLANS_BUCKET", Resources.RULE_SETS);
        environment.put("SLUICE_RULE_SETS_TABLE", Resources.RULE_SETS_TABLE);
        environment.put("SLUICE_CLASSIFIER_URL", "http://127.0.0.1:" + settings.classifierPort());
        environment.put(
                "SLUICE_RULES_DIRECTORY",
                settings.run().resolve("last-good-rules").toString());
        environment.put("SLUICE_RULES_TOKEN_FILE", secrets.rulesToken().toString());
        environment.put("SLUICE_TOKENS_SECRET_FILE", secrets.tokensSecret().toString());
        environment.put("SLUICE_LEDGER_TABLE", Resources.LEDGER);
        environment.put("SLUICE_SECRETS_DIRECTORY", secrets.partners().toString());
        environment.put("SLUICE_EGRESS_ALLOW_LOOPBACK", "true");
        // The stand-in shares two cores with all else: what would be an outage in the cloud is a busy moment here.
        environment.put("SLUICE_TRACKER_KINESIS_WITHIN", "1200ms");
        environment.put("SLUICE_WRITE_KEYS", House.WRITE_KEY + "=" + House.ACCOUNT);
        return environment;
    }

    /** All, but for some others. */
    static Map<String, String> over(Map<String, String> all, Map<String, String> some) {
        Map<String, String> both = new HashMap<>(all);
        both.putAll(some);
        return both;
    }
}
