package dev.sluice.tracker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Promises: the highest numbers of every account are found, however many bundles there are; other objects are passed over;
 * a store that does not answer is told from one that has nothing.
 */
final class S3PlanBundlesTest {
    private final FakeAws aws = new FakeAws();
    private final S3AsyncClient client = TestClients.s3(aws, Duration.ofMinutes(1));
    private final S3PlanBundles bundles = new S3PlanBundles(client, "rules");

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void theHighestNumbersOfEveryAccountAreFound() throws IOException {
        assertThat(bundles.newest(2)).isEmpty();
        put("tracking-plans/demo/0000000009.json");
        put("tracking-plans/demo/0000000010.json");
        put("tracking-plans/demo/0000000001.json");
        put("tracking-plans/other/0000000003.json");
        put("tracking-plans/other/notes.txt");
        put("tracking-plans/other/9999999999.json");
        put("tracking-plans/other/0000000000.json");
        put("rule-sets/demo/0000000099.json");

        assertThat(bundles.newest(2)).isEqualTo(Map.of("demo", List.of(10, 9), "other", List.of(3)));
    }

    @Test
    void theyAreFoundOnLaterPagesToo() throws IOException {
        for (int number = 1; number <= 2_005; number++) {
            put("tracking-plans/demo/%010d.json".formatted(number));
        }
        put("tracking-plans/zoo/0000000001.json");

        assertThat(bundles.newest(1)).isEqualTo(Map.of("demo", List.of(2_005), "zoo", List.of(1)));
    }

    @Test
    void aBundleIsReadAsItWasStored() throws IOException {
        put("tracking-plans/demo/0000000001.json");

        assertThat(bundles.read("demo", 1)).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThatThrownBy(() -> bundles.read("demo", 2)).isInstanceOf(IOException.class);
    }

    @Test
    void aClaimSaysWhoseAKeyIs() throws IOException {
        assertThat(bundles.owner("ab")).isEmpty();
        for (String none : new String[] {"", "demo", "{}", "{\"v\":1,\"account\":\"" + "a".repeat(2_000) + "\"}"}) {
            put("write-keys/ab.json", none);
            assertThatThrownBy(() -> bundles.owner("ab")).isInstanceOf(MalformedException.class);
        }
        put("write-keys/ab.json", "{\"v\":1,\"account\":\"demo\"}");

        assertThat(bundles.owner("ab")).contains("demo");
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotAnEmptyOne() {
        aws.s3(FakeAws.Mood.BROKEN);

        assertThatThrownBy(() -> bundles.newest(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bundles.read("demo", 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bundles.owner("ab")).isInstanceOf(IOException.class);
    }

    private void put(String key) {
        put(key, "{}");
    }

    private void put(String key, String content) {
        aws.objects().put("rules/" + key, content.getBytes(StandardCharsets.UTF_8));
    }
}
