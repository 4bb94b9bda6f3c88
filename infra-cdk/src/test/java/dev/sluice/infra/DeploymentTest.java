package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be told to the infrastructure:
 * - without a word it is the dev stage, on demand, a week of retention;
 * - each key is read into its type;
 * - a mistyped key, and a value outside its range, are refused with the value named.
 */
final class DeploymentTest {
    @Test
    void withoutAWordItIsTheDevStageOnDemand() {
        assertThat(Deployment.of(Map.of("aws:cdk:other", true)))
                .isEqualTo(new Deployment(
                        new Environment("dev", "eu-west-1", null),
                        new StreamSettings(new StreamCapacity.OnDemand(), Duration.ofDays(7))));
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
                        new StreamSettings(new StreamCapacity.Provisioned(8), Duration.ofHours(36))));
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
    })
    void whatCannotBeMeantIsRefused(String key, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployment.of(Map.of(key, value)))
                .withMessageStartingWith(message);
    }
}
