package dev.sluice.rules;

import dev.sluice.rules.aws.S3RuleSetRepository;
import dev.sluice.rules.web.Routes;
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
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The rules console as it runs: which things there are and what each is given. Region, credentials and endpoint come
 * from the SDK's own environment.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(RulesSettings.class)
public class RulesApplication {
    /** Attempts of one call to S3: the first and two more. */
    private static final int S3_ATTEMPTS = 3;

    /** As many as the web server has threads, so that none waits for another's connection. */
    private static final int S3_CONNECTIONS = 16;

    public static void main(String[] args) {
        SpringApplication.run(RulesApplication.class, args);
    }

    @Bean
    S3Client s3(RulesSettings settings) {
        return S3Client.builder()
                .forcePathStyle(settings.s3PathStyle())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(settings.awsTimeout())
                        .apiCallTimeout(settings.awsTimeout().multipliedBy(S3_ATTEMPTS))
                        .retryStrategy(retry -> retry.maxAttempts(S3_ATTEMPTS))
                        .build())
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(S3_CONNECTIONS)
                        .connectionTimeout(settings.awsTimeout())
                        .socketTimeout(settings.awsTimeout()))
                .build();
    }

    @Bean
    S3RuleSetRepository repository(RulesSettings settings, S3Client s3) {
        return new S3RuleSetRepository(
                s3, settings.ruleSetsBucket(), () -> UUID.randomUUID().toString());
    }

    @Bean
    BearerToken token(RulesSettings settings) {
        return BearerToken.read(settings.tokenPath());
    }

    @Bean
    RouterFunction<ServerResponse> routes(RulesSettings settings, S3RuleSetRepository repository, BearerToken token) {
        var publisher = new Publisher(repository, settings.publishAttempts());
        return new Routes(repository, publisher, token, settings.maxBody()).all();
    }
}
