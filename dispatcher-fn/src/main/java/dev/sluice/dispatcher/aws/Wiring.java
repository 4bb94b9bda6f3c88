package dev.sluice.dispatcher.aws;

import dev.sluice.dispatcher.Classification;
import dev.sluice.dispatcher.Dispatch;
import dev.sluice.dispatcher.StreamRecord;
import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.dispatcher.memory.MemorySetAsides;
import dev.sluice.dispatcher.web.HttpClassification;
import dev.sluice.model.LineBatch;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The dispatcher as it runs. Region, credentials and endpoints come from the SDK's own environment. */
final class Wiring {
    /** S3 is asked between records: it must not use up the invocation. */
    private static final Duration S3_ATTEMPT = Duration.ofSeconds(2);

    private static final int S3_ATTEMPTS = 2;

    private Wiring() {}

    static Dispatch dispatcher(DispatcherConfig config) {
        S3Client s3 = s3(config.s3PathStyle());
        var ports = new Dispatch.Ports(
                new S3RuleSets(s3, config.ruleSetsBucket()),
                new HttpClassification(config.classifier(), config.classifierTimeout()),
                new S3SetAsides(s3, config.lakeBucket()),
                new S3RuleSetReports(s3, config.ruleSetsBucket()));
        return new Dispatch(ports, Dispatch.Host.of(config.instance()));
    }

    static S3Client s3(boolean pathStyle) {
        return S3Client.builder()
                .forcePathStyle(pathStyle)
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(S3_ATTEMPT)
                        .apiCallTimeout(S3_ATTEMPT.multipliedBy(S3_ATTEMPTS))
                        .retryStrategy(retry -> retry.maxAttempts(S3_ATTEMPTS)))
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(S3_ATTEMPT).socketTimeout(S3_ATTEMPT))
                .build();
    }

    /** Runs the path of a record once over memory, so that the first real one does not pay for loading classes. */
    static void prime() {
        var ruleSets = new MemoryRuleSets();
        ruleSets.publish("warm", 1, RuleSetJson.write(new RuleSet("warm", 1, List.of())));
        Classification nothing = lines -> new Classification.Classified(Set.of(), List.of(), Map.of("warm", 1));
        var ports = new Dispatch.Ports(ruleSets, nothing, new MemorySetAsides(), new MemoryRuleSetReports());
        var dispatcher = new Dispatch(ports, Dispatch.Host.of("warm"));
        byte[] line =
                "{\"v\":1,\"account\":\"warm\",\"type\":\"track\",\"event\":\"Warm\"}".getBytes(StandardCharsets.UTF_8);
        dispatcher.dispatch(List.of(new StreamRecord("0", Instant.EPOCH, LineBatch.encode(List.of(line)))));
    }
}
