package dev.sluice.classifier;

import dev.sluice.classifier.aws.DynamoDbProfiles;
import dev.sluice.classifier.aws.S3ConnectionBundles;
import dev.sluice.classifier.jose.NimbusPersonTokens;
import dev.sluice.classifier.web.SegmentRoutes;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import software.amazon.awssdk.services.s3.S3Client;

/** The part of the classifier that answers apps: which things there are and what each is given. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReadingSettings.class)
class ReadingWiring {
    @Bean
    PublishedReadKeys readKeys(ClassifierSettings settings, S3Client s3) {
        return new PublishedReadKeys(new S3ConnectionBundles(s3, settings.ruleSetsBucket()));
    }

    @Bean
    ReadKeysPoll readKeysPoll(ReadingSettings settings, PublishedReadKeys keys) {
        return new ReadKeysPoll(keys, settings.keysPoll());
    }

    @Bean
    ReadPace readPace(ReadingSettings settings) {
        return new ReadPace(settings.requestsPerSecond(), System::nanoTime);
    }

    /** Before the other routes: {@code /v1/people/{id}/segments} would be a person called {@code segments} there. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> segmentRoutes(
            ReadingSettings settings,
            PublishedReadKeys keys,
            ReadPace pace,
            RunningRules rules,
            Stores stores,
            DynamoDbProfiles profiles,
            Tally tally) {
        var gate = new ReadGate(keys, settings.secrets().map(NimbusPersonTokens::read), pace, InstantSource.system());
        var segments = new CurrentSegments(
                profiles.eventuallyConsistent(),
                stores.identities(),
                new CurrentProfiles(rules, stores),
                InstantSource.system());
        return new SegmentRoutes(gate, segments, new ReadTally(tally), new Semaphore(settings.maxConcurrent())).all();
    }
}
