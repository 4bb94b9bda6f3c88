package dev.sluice.dispatcher.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The environment is read whole, has the stated defaults, and what is wrong in it is named. */
class DispatcherConfigTest {
    private static final Map<String, String> LEAST = Map.of(
            "SLUICE_CLASSIFIER_URL", "http://127.0.0.1:8082",
            "SLUICE_RULE_SETS_BUCKET", "rules",
            "SLUICE_LAKE_BUCKET", "lake");

    @Test
    void whatMayBeLeftOutHasItsDefault() {
        assertThat(DispatcherConfig.of(LEAST))
                .isEqualTo(new DispatcherConfig(
                        URI.create("http://127.0.0.1:8082"),
                        "rules",
                        "lake",
                        false,
                        Duration.ofSeconds(20),
                        "unknown"));
    }

    @Test
    void everythingCanBeSet() {
        var all = new HashMap<>(LEAST);
        all.put("SLUICE_S3_PATH_STYLE", "true");
        all.put("SLUICE_CLASSIFIER_TIMEOUT", "PT3S");
        all.put("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/21/[1]ab12");

        assertThat(DispatcherConfig.of(all))
                .isEqualTo(new DispatcherConfig(
                        URI.create("http://127.0.0.1:8082"),
                        "rules",
                        "lake",
                        true,
                        Duration.ofSeconds(3),
                        "2026-11-21-1-ab12"));
    }

    @ParameterizedTest
    @CsvSource({
        "SLUICE_CLASSIFIER_URL,''",
        "SLUICE_CLASSIFIER_URL,file:///etc",
        "SLUICE_CLASSIFIER_URL,a b",
        "SLUICE_RULE_SETS_BUCKET,' '",
        "SLUICE_LAKE_BUCKET,''",
        "SLUICE_S3_PATH_STYLE,yes",
        "SLUICE_CLASSIFIER_TIMEOUT,20",
        "SLUICE_CLASSIFIER_TIMEOUT,PT0S",
        "SLUICE_CLASSIFIER_TIMEOUT,PT1H"
    })
    void aWrongValueIsRefusedByName(String name, String value) {
        var wrong = new HashMap<>(LEAST);
        wrong.put(name, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DispatcherConfig.of(wrong))
                .withMessageStartingWith(name);
    }
}
