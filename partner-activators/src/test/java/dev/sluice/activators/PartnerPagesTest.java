package dev.sluice.activators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.braze.BrazePartner;
import dev.sluice.activators.google.GooglePartner;
import dev.sluice.activators.http.PartnerHttp;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.meta.MetaPartner;
import dev.sluice.activators.oauth.AccessTokens;
import dev.sluice.activators.tradedesk.TradeDeskPartner;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises: each partner's page under docs/partners shows a connection that the partner takes, and names every setting that it
 * uses there.
 */
final class PartnerPagesTest {
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    static Stream<Partner> partners() {
        PartnerHttp nobody = (request, within) -> new Exchange.Unanswered("nobody is there", false);
        Secrets none = (account, name) -> new Secrets.Secret("");
        var clock = new HandClock(Instant.parse("2026-11-21T12:00:00Z"));
        return Stream.of(
                new MetaPartner(nobody, none, clock),
                new GooglePartner(nobody, none, new AccessTokens(nobody, clock), clock),
                new TradeDeskPartner(nobody, none, clock),
                new BrazePartner(nobody, none, clock));
    }

    @ParameterizedTest
    @MethodSource("partners")
    void aPageShowsAConnectionThatItsPartnerTakes(Partner partner) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "partners", partner.name() + ".md"));
        List<Value.Fields> shown = JSON.matcher(page)
                .results()
                .map(block -> JsonText.readObject(block.group(1).getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(shown).hasSize(1);
        Connection connection = connection(shown.getFirst());
        assertThat(connection.partner()).isEqualTo(partner.name());
        assertThat(partner.problem(connection)).isEmpty();
        assertThat(connection.settings().fields().keySet())
                .allSatisfy(setting -> assertThat(page).containsPattern("\\| .*`" + Matcher.quoteReplacement(setting)));
    }

    private static Connection connection(Value.Fields written) {
        Map<String, String> segments = new HashMap<>();
        written.inner("segments")
                .fields()
                .forEach((segment, audience) -> segments.put(segment, ((Value.Text) audience).text()));
        return new Connection(
                written.text("name"),
                written.text("partner"),
                Optional.of(segments),
                new Consent(
                        Consent.Policy.ALL,
                        written.inner("consent").fields().values().stream()
                                .flatMap(channels -> ((Value.Many) channels).values().stream())
                                .map(channel -> ((Value.Text) channel).text())
                                .toList()),
                written.findText("secret"),
                false,
                written.inner("settings"));
    }
}
