package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@link RulesSettings} promises: a value beyond its range is refused by its key. */
class RulesSettingsTest {
    @Test
    void valuesWithinTheirRangesAreTaken() {
        assertThat(settings("bucket", "token", 50, 1, 1).awsTimeout()).hasMillis(50);
        assertThat(settings("bucket", "token", 30_000, 100, 16 << 20).maxBody()).isEqualTo(16_777_216);
    }

    @Test
    void valuesBeyondTheirRangesAreRefusedByTheirKey() {
        refused("rule-sets-bucket", () -> settings(" ", "token", 50, 1, 1));
        refused("token-file", () -> settings("bucket", "", 50, 1, 1));
        refused("aws-timeout", () -> settings("bucket", "token", 49, 1, 1));
        refused("aws-timeout", () -> settings("bucket", "token", 30_001, 1, 1));
        refused("publish-attempts", () -> settings("bucket", "token", 50, 0, 1));
        refused("publish-attempts", () -> settings("bucket", "token", 50, 101, 1));
        refused("max-body", () -> settings("bucket", "token", 50, 1, 0));
        refused("max-body", () -> settings("bucket", "token", 50, 1, (16 << 20) + 1));
        refused("rule-sets-table", () -> drafting(" ", 1, 1));
        refused("max-draft", () -> drafting("table", 0, 1));
        refused("max-draft", () -> drafting("table", (300 << 10) + 1, 1));
        refused("max-drafts", () -> drafting("table", 1, 0));
        refused("max-drafts", () -> drafting("table", 1, 1_001));
    }

    private static void refused(String key, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sluice.rules." + key + " must ");
    }

    private static RulesSettings settings(String bucket, String token, int millis, int attempts, int maxBody) {
        return new RulesSettings(bucket, true, token, Duration.ofMillis(millis), attempts, maxBody, "table", 1, 1);
    }

    private static RulesSettings drafting(String table, int maxDraft, int maxDrafts) {
        return new RulesSettings("bucket", true, "token", Duration.ofSeconds(1), 1, 1, table, maxDraft, maxDrafts);
    }
}
