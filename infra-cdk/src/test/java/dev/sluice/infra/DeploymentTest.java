package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be told to the infrastructure:
 * - without a word it is the dev stage, on demand, a week of retention;
 * - each key is read into its type;
 * - from the shards follows how many slots share a record;
 * - a mistyped key, and a value outside its range, are refused with the value named.
 */
final class DeploymentTest {
    @Test
    void withoutAWordItIsTheDevStageOnDemand() {
        assertThat(Deployment.of(Map.of("aws:cdk:other", true)))
                .isEqualTo(new Deployment(
                        new Environment("dev", "eu-west-1", null),
                        new StreamSettings(new StreamCapacity.OnDemand(), Duration.ofDays(7)),
                        Connected.TO_NOTHING));
    }

    @Test
    void eachKeyIsReadIntoItsType() {
        var context = Map.of(
                "sluice:stage", "prod",
                "sluice:region", "us-gov-west-1",
                "sluice:account", "012345678901",
                "sluice:shards", 8,
                "sluice:retention", "PT36H");

        assertThat(Deployment.of(context))
                .isEqualTo(new Deployment(
                        new Environment("prod", "us-gov-west-1", "012345678901"),
                        new StreamSettings(new StreamCapacity.Provisioned(8), Duration.ofHours(36)),
                        Connected.TO_NOTHING));
    }

    @Test
    void whatIsThereAlreadyIsReadIntoItsType() {
        var context = Map.of(
                "sluice:subnets", "subnet-0a1b2c3d, subnet-1a1b2c3d",
                "sluice:security-groups", "sg-0a1b2c3d",
                "sluice:classifier-url", "https://classifier.example.com",
                "sluice:redis-uri", "rediss://redis.example.com:6379",
                "sluice:redis-cluster", "true",
                "sluice:alarm-topic", "arn:aws:sns:eu-west-1:012345678901:pager");

        assertThat(Deployment.of(context).connected())
                .isEqualTo(new Connected(
                        Optional.of(new Network(List.of("subnet-0a1b2c3d", "subnet-1a1b2c3d"), List.of("sg-0a1b2c3d"))),
                        Optional.of(URI.create("https://classifier.example.com")),
                        Optional.of(new Connected.Redis(URI.create("rediss://redis.example.com:6379"), true)),
                        Optional.of("arn:aws:sns:eu-west-1:012345678901:pager")));
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "4, 16", "5, 8", "8, 8", "16, 4", "17, 2", "32, 2", "33, 1", "64, 1"})
    void everyShardHasFourGroupsOfSlotsAtLeast(int shards, int slotsPerRecord) {
        assertThat(new StreamCapacity.Provisioned(shards).slotsPerRecord()).isEqualTo(slotsPerRecord);
    }

    @Test
    void onDemandTheProgramsDefaultHolds() {
        assertThat(new StreamCapacity.OnDemand().slotsPerRecord()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "sluice:stages, prod, unknown context key sluice:stages",
        "sluice:stage, Prod, stage 'Prod'",
        "sluice:region, Ireland, region 'Ireland'",
        "sluice:account, 123, account '123'",
        "sluice:shards, 0, shards 0",
        "sluice:shards, 65, shards 65",
        "sluice:retention, PT23H, retention PT23H",
        "sluice:retention, PT24H30M, retention PT24H30M",
        "sluice:retention, P366D, retention PT8784H",
        "sluice:subnets, subnet-0a1b2c3d, security-groups: 0",
        "sluice:security-groups, sg-0a1b2c3d, subnets: 0",
        "sluice:subnets, net-1, subnets 'net-1'",
        "sluice:classifier-url, classifier:8080, classifier-url is not",
        "sluice:classifier-url, https://user:word@classifier, classifier-url must not hold",
        "sluice:redis-uri, https://redis, redis-uri is not",
        "sluice:redis-uri, rediss://redis:6379, redis-uri needs subnets",
        "sluice:redis-uri, rediss://:word@redis:6379, redis-uri must not hold",
        "sluice:redis-cluster, true, redis-cluster needs redis-uri",
        "sluice:redis-cluster, yes, redis-cluster 'yes' is neither",
        "sluice:alarm-topic, pager, alarm-topic 'pager'",
    })
    void whatCannotBeMeantIsRefused(String key, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployment.of(Map.of(key, value)))
                .withMessageStartingWith(message);
    }
}
