package dev.sluice.activators.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.Partner;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.http.PinnedHttp;
import dev.sluice.activators.messages.aws.DynamoDbMessageLog;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Promises: of every kind of partner that there is, its page under docs/partners, or the page on messages, shows a connection
 * that the partner takes, and names every setting that it uses there; no page shows a connection to a kind that there is not.
 */
final class PartnerPagesTest {
    private static final Pattern JSON = Pattern.compile("```json[ a-z]*\n(.*?)```", Pattern.DOTALL);
    private static final Path DOCS = Path.of("..", "docs");
    private static final PinnedHttp HTTP = PinnedHttp.open(false);
    private static final DynamoDbClient NOBODY = new DynamoDbClient() {
        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    };

    @AfterAll
    static void close() {
        HTTP.close();
    }

    static Stream<String> kinds() {
        return Partners.names().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aPageShowsConnectionsThatThePartnerTakes(String kind) throws IOException {
        Secrets none = (account, name) -> new Secrets.Secret("");
        var clock = new HandClock(Instant.parse("2026-11-21T12:00:00Z"));
        Partner partner = Partners.byName(
                kind,
                new Partners.Services(HTTP, none, new DynamoDbMessageLog(NOBODY, "none"), clock, Optional.empty()));
        String page = Files.readString(page(kind));

        List<Value.Fields> shown = shown(page)
                .filter(connection -> connection.text("partner").equals(kind))
                .toList();

        assertThat(shown).as("examples of " + kind).isNotEmpty().allSatisfy(written -> {
            Connection connection = connection(written);
            assertThat(partner.problem(connection)).isEmpty();
            assertThat(connection.settings().fields().keySet())
                    .allSatisfy(
                            setting -> assertThat(page).containsPattern("\\| .*`" + Matcher.quoteReplacement(setting)));
        });
    }

    @Test
    void everyConnectionShownIsToAKindThatThereIs() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS.resolve("partners"))) {
            for (Path page :
                    Stream.concat(pages, Stream.of(DOCS.resolve("MESSAGES.md"))).toList()) {
                assertThat(shown(Files.readString(page)))
                        .extracting(connection -> connection.text("partner"))
                        .isSubsetOf(Partners.names());
            }
        }
    }

    private static Path page(String kind) {
        Path own = DOCS.resolve("partners").resolve(kind + ".md");
        return Files.exists(own) ? own : DOCS.resolve("MESSAGES.md");
    }

    private static Stream<Value.Fields> shown(String page) {
        return JSON.matcher(page)
                .results()
                .map(block -> JsonText.readObject(block.group(1).getBytes(StandardCharsets.UTF_8)))
                .flatMap(json ->
                        json.find("connections").isPresent() ? json.innerList("connections").stream() : Stream.of(json))
                .filter(json -> json.find("partner").isPresent());
    }

    private static Connection connection(Value.Fields written) {
        Optional<Map<String, String>> audiences = Optional.empty();
        if (written.find("segments").orElse(Value.NOTHING) instanceof Value.Fields(var named)) {
            Map<String, String> segments = new HashMap<>();
            named.forEach((segment, audience) -> segments.put(segment, ((Value.Text) audience).text()));
            audiences = Optional.of(segments);
        }
        Consent consent = written.find("consent").isEmpty()
                ? Consent.NONE
                : new Consent(
                        Consent.Policy.ALL,
                        written.inner("consent").fields().values().stream()
                                .flatMap(channels -> ((Value.Many) channels).values().stream())
                                .map(channel -> ((Value.Text) channel).text())
                                .toList());
        return new Connection(
                written.text("name"),
                written.text("partner"),
                audiences,
                consent,
                written.findText("secret"),
                false,
                written.inner("settings"));
    }
}
