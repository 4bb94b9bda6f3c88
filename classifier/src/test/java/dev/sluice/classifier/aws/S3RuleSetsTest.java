package dev.sluice.classifier.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSets;
import dev.sluice.classifier.RuleSetsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Beside what every {@link RuleSets} promises:
 *
 * <ul>
 *   <li>objects that are not named like rule sets are passed over;
 *   <li>an object is as old as the service says, by the service's clock, and never less than nothing;
 *   <li>a service that fails is unreachable.
 * </ul>
 */
class S3RuleSetsTest extends RuleSetsContract {
    private final FakeAws aws = new FakeAws();
    private final S3Client client = AwsClients.s3(aws.endpoint());
    private final S3RuleSets ruleSets = new S3RuleSets(client, FakeAws.BUCKET);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Override
    protected RuleSets ruleSets() {
        return ruleSets;
    }

    @Override
    protected void publish(String account, int number, byte[] bundle) {
        aws.put("rule-sets/%s/%010d.json".formatted(account, number), bundle);
    }

    @Test
    void objectsThatAreNotNamedLikeRuleSetsArePassedOver() {
        aws.put("rule-sets/demo/README.md", new byte[] {1});
        aws.put("rule-sets/demo/0000000001.json.bak", new byte[] {1});
        aws.put("rule-sets/demo/9999999999.json", new byte[] {1});

        assertThat(ruleSets.list("demo", 0, 10)).isEqualTo(new Answer.Found<>(List.of()));
    }

    @Test
    void anObjectsAgeIsThatByTheServicesClockLessWhatIsUncertain() {
        Duration hour = Duration.ofHours(1);
        Instant before = Instant.now();
        aws.modified(before.minus(hour));
        aws.put("rule-sets/demo/0000000001.json", new byte[] {1});
        Duration age = age();
        assertThat(age)
                .as("some, and never more than it is")
                .isBetween(
                        hour.minusSeconds(10),
                        Duration.between(before.minus(hour), Instant.now()).minusSeconds(1));

        aws.modified(Instant.now().plus(hour));
        assertThat(age()).isZero();
    }

    private Duration age() {
        return ruleSets.list("demo", 0, 1) instanceof Answer.Found<List<RuleSets.Listed>>(var found)
                ? found.getFirst().age()
                : Duration.ofDays(-1);
    }

    @Test
    void aServiceThatFailsIsUnreachable() {
        aws.failures.set(1_000);

        assertThat(ruleSets.list("demo", 0, 10)).isInstanceOf(Answer.Unreachable.class);
        assertThat(ruleSets.read("demo", 1)).isInstanceOf(Answer.Unreachable.class);
    }
}
