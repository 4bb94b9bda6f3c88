package dev.sluice.classifier;

import dev.sluice.classifier.aws.DynamoDbIdentities;
import dev.sluice.classifier.aws.DynamoDbMeetings;
import dev.sluice.classifier.aws.DynamoDbProfiles;
import dev.sluice.classifier.aws.S3RuleSetReports;
import dev.sluice.classifier.aws.S3RuleSets;
import dev.sluice.classifier.disk.DiskLastGoodRules;
import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.drools.Explanation;
import dev.sluice.classifier.redis.RedisDueIndex;
import dev.sluice.classifier.redis.RedisKnownPeople;
import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.classifier.web.BodyReader;
import dev.sluice.classifier.web.NameRoutes;
import dev.sluice.classifier.web.NoRoute;
import dev.sluice.classifier.web.Routes;
import dev.sluice.classifier.web.TimeRoutes;
import dev.sluice.classifier.web.TomcatSettings;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSetReport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.Security;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The classifier as it runs: which things there are and what each is given. Region, credentials and endpoints come from
 * the SDK's own environment.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ClassifierSettings.class)
@Import(ReadingWiring.class)
public class ClassifierApplication {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifierApplication.class);

    /** Attempts of one call to AWS: the first and two more. */
    private static final int AWS_ATTEMPTS = 3;

    /** A name of AWS leads to another machine soon after a fail-over. */
    private static final int DNS_SECONDS = 15;

    public static void main(String[] args) {
        Security.setProperty("networkaddress.cache.ttl", Integer.toString(DNS_SECONDS));
        SpringApplication.run(ClassifierApplication.class, args);
    }

    @Bean
    Losses losses() {
        return new Losses();
    }

    @Bean
    RedisLink redis(
            ClassifierSettings settings,
            DynamoDbClient dynamoDb,
            ExecutorService profileRequests,
            Losses losses,
            Tally tally) {
        var meetings = new DynamoDbMeetings(
                dynamoDb,
                settings.identitiesTable(),
                profileRequests,
                settings.awsTimeout().multipliedBy(AWS_ATTEMPTS));
        Consumer<StoreLoss> news = loss -> {
            LOG.warn("Redis, node {}: {}", loss.node(), loss.kind());
            tally.add(loss);
        };
        return new RedisLink(
                new RedisServers(settings.redisUri(), settings.redisCluster(), settings.redisTimeout()),
                // Not on the threads of requests, all of which may be waiting for Redis.
                new MetServers(meetings, losses, news, InstantSource.system(), Thread::startVirtualThread));
    }

    @Bean
    RedisUserStates userStates(RedisLink redis, ClassifierSettings settings) {
        return new RedisUserStates(redis, settings.stateTimeToLive());
    }

    @Bean
    DynamoDbClient dynamoDb(ClassifierSettings settings, ReadingSettings reading) {
        return DynamoDbClient.builder()
                .overrideConfiguration(timeouts(settings))
                .httpClientBuilder(http(settings, reading))
                .build();
    }

    @Bean
    ExecutorService profileRequests(ClassifierSettings settings) {
        // A classification waits for its people before it takes more, so no more than these can be waiting; only what a
        // classification gave up adds to them, and then the next ones are turned away.
        return new ThreadPoolExecutor(
                settings.profileRequests(),
                settings.profileRequests(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(Classifier.PEOPLE_AT_ONCE * settings.maxConcurrent()),
                Thread.ofPlatform().daemon().name("profiles-", 0).factory());
    }

    @Bean
    DynamoDbProfiles profiles(ClassifierSettings settings, DynamoDbClient dynamoDb, ExecutorService profileRequests) {
        return new DynamoDbProfiles(
                dynamoDb,
                settings.profilesTable(),
                profileRequests,
                settings.awsTimeout().multipliedBy(AWS_ATTEMPTS));
    }

    @Bean
    DynamoDbIdentities identities(
            ClassifierSettings settings, DynamoDbClient dynamoDb, ExecutorService profileRequests) {
        return new DynamoDbIdentities(
                dynamoDb,
                settings.identitiesTable(),
                profileRequests,
                settings.awsTimeout().multipliedBy(AWS_ATTEMPTS));
    }

    @Bean
    S3Client s3(ClassifierSettings settings, ReadingSettings reading) {
        return S3Client.builder()
                .forcePathStyle(settings.s3PathStyle())
                .overrideConfiguration(timeouts(settings))
                .httpClientBuilder(http(settings, reading))
                .build();
    }

    @Bean
    RunningRules runningRules(ClassifierSettings settings, S3Client s3) {
        var ports = new RulePorts(
                new S3RuleSets(s3, settings.ruleSetsBucket()),
                new DiskLastGoodRules(Path.of(settings.rulesDirectory())),
                new S3RuleSetReports(s3, settings.ruleSetsBucket()));
        return new RunningRules(
                ports, DroolsMatcher::of, settings.accounts(), Swapping.of(settings.maxShare(), instance()));
    }

    /** The machine's name: one classifier runs on one machine. */
    private static String instance() {
        try {
            return RuleSetReport.instanceName(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            LOG.warn("this machine has no name; reports are written under a random one");
            return UUID.randomUUID().toString();
        }
    }

    @Bean
    RulesPoll rulesPoll(ClassifierSettings settings, RunningRules rules) {
        return new RulesPoll(rules, settings.rulesPoll());
    }

    @Bean
    Tally tally() {
        return new Tally();
    }

    @Bean
    Stores stores(
            RedisLink redis,
            RedisUserStates states,
            DynamoDbProfiles profiles,
            DynamoDbIdentities identities,
            Losses losses,
            Tally tally) {
        return new Stores(
                states,
                profiles,
                new RedisDueIndex(redis, tally::unreadableDues),
                identities,
                () -> UUID.randomUUID().toString(),
                InstantSource.system(),
                losses);
    }

    @Bean
    Classifier classifier(ClassifierSettings settings, RunningRules rules, Stores stores, Tally tally) {
        List<WriteResult> refused = new WarmUp(stores.states(), stores.profiles(), DroolsMatcher::of).run();
        if (refused.contains(WriteResult.UNREACHABLE)) {
            LOG.warn("Redis or DynamoDB is away: until it answers, lines are to be sent again");
        }
        return new Classifier(
                rules, stores, tally, TimeLimit.of(settings.classifyWithin()), settings.identityPolicies());
    }

    @Bean
    RouterFunction<ServerResponse> routes(
            ClassifierSettings settings,
            Classifier classifier,
            RunningRules rules,
            Stores stores,
            RedisLink redis,
            Tally tally) {
        var explanations = new Explanations(rules, stores, new Explanation(RuleFunctions.installed()));
        var bodies = new BodyReader(settings.maxBody(), settings.maxUnpacked(), settings.maxLines());
        var places = new Semaphore(settings.maxConcurrent());
        var limit = TimeLimit.of(settings.classifyWithin());
        var time = new TimeRoutes(
                new Timekeeper(rules, stores, tally, limit),
                new Audit(rules, stores, new RedisKnownPeople(redis), tally, limit),
                places);
        return new Routes(classifier, rules, new CurrentProfiles(rules, stores), explanations, tally, bodies, places)
                .all()
                .and(time.all())
                .and(new NameRoutes(new Names(rules, stores, tally, limit), places).all());
    }

    /** After all others. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    NoRoute noRoute(
            @Qualifier("segmentRoutes") RouterFunction<ServerResponse> segmentRoutes,
            @Qualifier("routes") RouterFunction<ServerResponse> routes) {
        return new NoRoute(List.of(segmentRoutes, routes));
    }

    @Bean
    TomcatSettings tomcat() {
        return new TomcatSettings();
    }

    private static ClientOverrideConfiguration timeouts(ClassifierSettings settings) {
        return ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(settings.awsTimeout())
                .apiCallTimeout(settings.awsTimeout().multipliedBy(AWS_ATTEMPTS))
                .retryStrategy(retry -> retry.maxAttempts(AWS_ATTEMPTS))
                .build();
    }

    private static ApacheHttpClient.Builder http(ClassifierSettings settings, ReadingSettings reading) {
        return ApacheHttpClient.builder()
                .maxConnections(settings.profileRequests() + settings.maxConcurrent() + reading.maxConcurrent())
                .connectionTimeout(settings.awsTimeout())
                .socketTimeout(settings.awsTimeout());
    }
}
