package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.another;
import static dev.sluice.classifier.ProgramUnderTest.aws;
import static dev.sluice.classifier.ProgramUnderTest.client;
import static dev.sluice.classifier.ProgramUnderTest.publishRules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSetTiming;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the whole program starts, and goes on:
 *
 * <ul>
 *   <li>it is ready once it knows its rule sets, and says which; a new one runs once its delay is over, and says so in
 *       the repository; while S3 is away a restart runs the last good one;
 *   <li>an account whose rules cannot be read keeps nobody else's lines waiting;
 *   <li>unknown keys under its prefix stop the start.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class ProgramStartsTest {
    @Test
    void aNewRuleSetRunsOnceItsDelayIsOverAndOutlivesARestartWithoutS3() {
        publishRules(2);
        long published = System.nanoTime();
        client.await("/health/ready", "\"demo\":2");
        assertThat(Duration.ofNanos(System.nanoTime() - published)).isGreaterThanOrEqualTo(RuleSetTiming.SWAP_DELAY);
        client.await("/health/ready", "\"problems\":{}");
        assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(Client.text(client.post(Client.plain(Samples.line(Samples.person("finn"), "1", "Ad Skipped", 0)))))
                .contains("\"ruleSets\":{\"demo\":2}");
        // It is kept on disk before it is reported.
        Client.await(() -> aws.keys("rule-set-reports/demo/0000000002/classifier-"), keys -> keys.size() == 1);

        try (var other = another("--sluice.classifier.rule-sets-bucket=no-such-bucket")) {
            Client there = Client.of(other);
            there.await("/health/ready", "\"ready\":true");
            assertThat(there.text("/health/ready"))
                    .contains("\"ruleSets\":{\"demo\":2}", "rule set 2 runs as it was kept on disk");
        }
    }

    @Test
    void anAccountWhoseRulesCannotBeReadKeepsNobodyElseWaiting(@TempDir Path rules) {
        aws.put("rule-sets/broken/0000000001.json", "{".getBytes(StandardCharsets.UTF_8));
        try (var other =
                another("--sluice.classifier.accounts=demo,broken", "--sluice.classifier.rules-directory=" + rules)) {
            Client there = Client.of(other);
            there.await("/health/ready", "\"demo\":");
            assertThat(there.get("/health/ready").statusCode()).isEqualTo(503);

            var response = there.post(Client.plain(
                    Samples.line(Samples.person("eve"), "1", "Order Completed", 0),
                    Samples.line(PersonKey.ofUser("broken", "eve"), "2", "Order Completed", 0)));

            assertThat(response.statusCode()).isEqualTo(200);
            Value.Fields json = JsonText.readObject(response.body()).ofVersion(1);
            assertThat(json.whole("classified")).isEqualTo(1);
            assertThat(json.list("retry")).containsExactly(Value.of(1));
        }
    }

    @Test
    void unknownKeysUnderItsPrefixStopTheStart() {
        assertThat(catchThrowable(
                        () -> another("--sluice.classifier.redis-url=x").close()))
                .hasRootCauseMessage("The elements [sluice.classifier.redis-url] were left unbound.");
    }
}
