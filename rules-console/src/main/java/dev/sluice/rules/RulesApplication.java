package dev.sluice.rules;

import dev.sluice.rules.aws.DynamoDbBundleCatalog;
import dev.sluice.rules.aws.DynamoDbDrafts;
import dev.sluice.rules.aws.S3BundleRepository;
import dev.sluice.rules.aws.S3KeyClaims;
import dev.sluice.rules.aws.S3RuleSetReports;
import dev.sluice.rules.web.Bounds;
import dev.sluice.rules.web.BundleStores;
import dev.sluice.rules.web.Routes;
import dev.sluice.rules.web.Stores;
import dev.sluice.rules.web.TomcatSettings;
import java.time.Clock;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The rules console as it runs: which things there are and what each is given. Region, credentials and endpoint come
 * from the SDK's own environment.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(RulesSettings.class)
public class RulesApplication {
    /** Attempts of one call to AWS: the first and two more. */
    private static final int ATTEMPTS = 3;

    /** As many as the web server has threads, so that none waits for another's connection. */
    private static final int CONNECTIONS = 16;

    public static void main(String[] args) {
        SpringApplication.run(RulesApplication.class, args);
    }

    @Bean
    S3Client s3(RulesSettings settings) {
        return S3Client.builder()
                .forcePathStyle(settings.s3PathStyle())
                .overrideConfiguration(bounded(settings))
                .httpClientBuilder(http(settings))
                .build();
    }

    @Bean
    DynamoDbClient dynamoDb(RulesSettings settings) {
        return DynamoDbClient.builder()
                .overrideConfiguration(bounded(settings))
                .httpClientBuilder(http(settings))
                .build();
    }

    private static ClientOverrideConfiguration bounded(RulesSettings settings) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.awsTimeout())
                .apiCallTimeout(settings.awsTimeout().multipliedBy(ATTEMPTS))
                .retryStrategy(retry -> retry.maxAttempts(ATTEMPTS))
                .build();
    }

    private static ApacheHttpClient.Builder http(RulesSettings settings) {
        return ApacheHttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(settings.awsTimeout())
                .socketTimeout(settings.awsTimeout());
    }

    @Bean
    Stores stores(RulesSettings settings, S3Client s3, DynamoDbClient dynamoDb) {
        var ruleSets = new S3BundleRepository<>(
                RuleSetKind.RULE_SETS, s3, settings.ruleSetsBucket(), RulesApplication::writer);
        return new Stores(
                ruleSets,
                new DynamoDbBundleCatalog(dynamoDb, settings.ruleSetsTable(), RuleSetKind.RULE_SETS),
                new DynamoDbDrafts(dynamoDb, settings.ruleSetsTable(), RulesApplication::writer),
                new S3RuleSetReports(s3, settings.ruleSetsBucket()),
                bundles(settings, s3, dynamoDb, TrackingPlanKind.TRACKING_PLANS, Advice.none()),
                bundles(settings, s3, dynamoDb, ConnectionsKind.CONNECTIONS, Advice.fromRules(ruleSets)));
    }

    private static <B> BundleStores<B> bundles(
            RulesSettings settings, S3Client s3, DynamoDbClient dynamoDb, AuthoredKind<B> kind, Advice<B> advice) {
        return BundleStores.of(
                kind,
                new S3BundleRepository<>(kind, s3, settings.ruleSetsBucket(), RulesApplication::writer),
                new DynamoDbBundleCatalog(dynamoDb, settings.ruleSetsTable(), kind),
                new S3KeyClaims(s3, settings.ruleSetsBucket(), kind.claims()),
                settings.publishAttempts(),
                advice);
    }

    /** Never the same twice. */
    private static String writer() {
        return UUID.randomUUID().toString();
    }

    @Bean
    BearerToken token(RulesSettings settings) {
        return BearerToken.read(settings.tokenPath());
    }

    @Bean
    TomcatSettings tomcat() {
        return new TomcatSettings();
    }

    @Bean
    RouterFunction<ServerResponse> routes(RulesSettings settings, Stores stores, BearerToken token) {
        var publisher = new Publisher(stores.repository(), stores.catalog(), settings.publishAttempts());
        var bounds = new Bounds(settings.maxBody(), settings.maxDraft(), settings.maxDrafts());
        return new Routes(stores, publisher, token, bounds, Clock.systemUTC()).all();
    }
}
