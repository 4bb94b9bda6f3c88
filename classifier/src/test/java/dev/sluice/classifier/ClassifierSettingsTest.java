package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.rules.RuleLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * The settings:
 *
 * <ul>
 *   <li>the file that is shipped says every default, and takes the environment that all programs share;
 *   <li>what is out of range is refused by its name.
 * </ul>
 */
class ClassifierSettingsTest {

    @Test
    void theFileThatIsShippedSaysEveryDefault() throws IOException {
        assertThat(bound(Map.of()))
                .isEqualTo(new ClassifierSettings(
                        "sluice-segmented-profiles",
                        "sluice-identities",
                        "sluice-rule-sets",
                        false,
                        "redis://127.0.0.1:6379",
                        false,
                        List.of("demo"),
                        Duration.ofSeconds(1),
                        "last-good-rules",
                        0.9,
                        RuleLimits.MAX_WINDOW,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(12),
                        32,
                        16,
                        4 << 20,
                        16 << 20,
                        10_000,
                        Map.of(),
                        List.of()));
    }

    @Test
    void anAccountDeclaresWhichIdsMakeTwoNamesOnePerson() throws IOException {
        var policies = bound(Map.of(
                        "sluice.classifier.linked-kinds.demo.deviceId",
                        "3",
                        "sluice.classifier.blocked-ids[0]",
                        "Nobody"))
                .identityPolicies();

        assertThat(policies.apply("demo").limits()).containsEntry("deviceId", 3).containsEntry("anonymousId", 20);
        assertThat(policies.apply("other").limits()).doesNotContainKey("deviceId");
        assertThat(policies.apply("other").isBlocked(" nobody ")).isTrue();
    }

    @Test
    void theSharedEnvironmentIsTaken() throws IOException {
        var settings = bound(Map.of(
                "SLUICE_PROFILES_TABLE", "t1",
                "SLUICE_IDENTITIES_TABLE", "i1",
                "SLUICE_RULE_SETS_BUCKET", "b1",
                "SLUICE_S3_PATH_STYLE", "true",
                "SLUICE_REDIS_URI", "redis://cache:1",
                "SLUICE_REDIS_CLUSTER", "true",
                "SLUICE_ACCOUNTS", "one,two",
                "SLUICE_RULES_DIRECTORY", "/kept",
                "SLUICE_MAX_SHARE", "1"));

        assertThat(settings.profilesTable()).isEqualTo("t1");
        assertThat(settings.identitiesTable()).isEqualTo("i1");
        assertThat(settings.ruleSetsBucket()).isEqualTo("b1");
        assertThat(settings.s3PathStyle()).isTrue();
        assertThat(settings.redisUri()).isEqualTo("redis://cache:1");
        assertThat(settings.redisCluster()).isTrue();
        assertThat(settings.accounts()).containsExactly("one", "two");
        assertThat(settings.rulesDirectory()).isEqualTo("/kept");
        assertThat(settings.maxShare()).isEqualTo(1);
    }

    @Test
    void whatIsOutOfRangeIsRefusedByItsName() {
        for (String[] bad : new String[][] {
            {"profiles-table", ""},
            {"identities-table", ""},
            {"linked-kinds", "-1"},
            {"redis-uri", "http://127.0.0.1"},
            {"accounts", "Demo"},
            {"rules-poll", "1ms"},
            {"rules-directory", ""},
            {"max-share", "0"},
            {"max-share", "1.1"},
            {"max-share", "NaN"},
            {"state-time-to-live", "1h"},
            {"state-time-to-live", "501d"},
            {"redis-timeout", "1m"},
            {"aws-timeout", "1ms"},
            {"classify-within", "10ms"},
            {"profile-requests", "0"},
            {"max-concurrent", "1000"},
            {"max-body", "0"},
            {"max-unpacked", "-1"},
            {"max-lines", "1000000"}
        }) {
            String key = bad[0].equals("linked-kinds") ? "linked-kinds.demo.deviceId" : bad[0];
            assertThatThrownBy(() -> bound(Map.of("sluice.classifier." + key, bad[1])))
                    .isInstanceOf(BindException.class)
                    .rootCause()
                    .hasMessageContaining("sluice.classifier." + bad[0]);
        }
    }

    private static ClassifierSettings bound(Map<String, Object> environment) throws IOException {
        var sources = new StandardEnvironment();
        sources.getPropertySources()
                .forEach(source -> sources.getPropertySources().remove(source.getName()));
        sources.getPropertySources().addLast(new MapPropertySource("given", environment));
        new YamlPropertySourceLoader()
                .load("shipped", new ClassPathResource("application.yaml"))
                .forEach(sources.getPropertySources()::addLast);
        ConfigurationPropertySources.attach(sources);
        return Binder.get(sources)
                .bind("sluice.classifier", ClassifierSettings.class)
                .get();
    }
}
