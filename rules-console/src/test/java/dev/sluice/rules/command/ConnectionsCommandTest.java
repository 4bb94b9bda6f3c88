package dev.sluice.rules.command;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.activation.ReadKey;
import dev.sluice.rules.ConsoleUnderTest;
import dev.sluice.rules.Samples;
import dev.sluice.rules.SharedConsole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice connections} against a running console:
 *
 * <ul>
 *   <li>what is exported can be published as it is, and lies where activators and classifiers look for it;
 *   <li>problems come as file:path: message, all of them; a secret in the settings and a read key in clear are some;
 *   <li>whoever publishes is told of segments that no rule set has, of addresses without https, and of what stops;
 *   <li>a list, a diff and a rollback say what happened, and who worked from an old set publishes nothing;
 *   <li>an empty set must be meant; a fresh read key is known by the hash that is printed with it.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class ConnectionsCommandTest {
    private static final String HASH = ReadKey.hash("k1");
    private static final String GOOD = """
            {"connections": [{"name": "shop", "partner": "webhook", "segments": {"one": "one"},
                              "secret": "shop", "settings": {"url": "https://example.org/hook"}}],
             "readKeys": [{"name": "ads", "sha256": "HASH"}]}
            """.replace("HASH", HASH);

    @TempDir
    static Path folder;

    /** What a command did. */
    private record Run(int status, String out, String err) {}

    @Test
    void whatIsExportedCanBePublished() throws IOException {
        Run published = changing(
                "connections-exported",
                "publish",
                file("good.json", good("connections-exported")),
                "--reason",
                "start",
                "--author",
                "Zoë");
        String out = folder.resolve("out.json").toString();
        Run exported = reading("connections-exported", "export", out);
        Run again = changing("connections-exported", "publish", out, "--over", "1");

        assertThat(published.out())
                .startsWith("published set of connections 1 of connections-exported: 1 connection, ");
        assertThat(exported.status()).isZero();
        assertThat(Path.of(out))
                .content()
                .contains("\"secret\": \"shop\"", "\"status\": \"active\"")
                .doesNotContain("account");
        assertThat(again.out()).startsWith("published set of connections 2").doesNotContain("warning");
        assertThat(reading("connections-exported", "list").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("     1  2.*  1 connection  Zoë  start"));
        assertThat(SharedConsole.bucket().resolve("connections/connections-exported/0000000002.json"))
                .content()
                .startsWith(
                        "{\"v\":1,\"account\":\"connections-exported\",\"number\":2,\"connections\":[{\"name\":\"shop\"");
    }

    @Test
    void allProblemsAreListedWithTheirPlaces() throws IOException {
        String file = file(
                "bad.json",
                good("connections-refused")
                        .replace("\"url\"", "\"accessToken\"")
                        .replace("\"sha256\": \"" + ReadKey.hash("connections-refused"), "\"key\": \"k1"));

        Run validated = run("validate", file);

        assertThat(validated.status()).isEqualTo(1);
        assertThat(validated.err().lines())
                .hasSize(2)
                .anyMatch(
                        line -> line.startsWith(file + ":connections[0].settings.accessToken: must not hold a secret"))
                .anyMatch(line -> line.startsWith(file + ":readKeys[0].key: must not stand here"));
        assertThat(validated.err()).doesNotContain("example.org");
        assertThat(changing("connections-refused", "publish", file).status()).isEqualTo(1);
        var sent = console.send(
                "POST",
                "/v1/accounts/connections-refused/connections",
                "{\"connections\":[{\"name\":\"a\"}]}",
                Map.of());
        assertThat(sent.statusCode()).isEqualTo(422);
        assertThat(sent.body()).contains("invalid_connections", "connections[0].partner", "connections[0].consent");
        assertThat(reading("connections-refused", "list").err()).contains("has published no set of connections yet");
    }

    @Test
    void aNameKeepsItsKindOfPartner() throws IOException {
        String good = file("kind.json", good("connections-kinds"));
        changing("connections-kinds", "publish", good);
        String other = file(
                "other-kind.json",
                good("connections-kinds")
                        .replace("\"webhook\"", "\"meta\"")
                        .replace("\"secret\"", "\"consent\": {\"all\": []}, \"secret\""));
        String renamed =
                file("renamed.json", good("connections-kinds").replace("\"name\": \"shop\"", "\"name\": \"shop-2\""));

        Run refused = changing("connections-kinds", "publish", other, "--over", "1");
        Run taken = changing("connections-kinds", "publish", renamed, "--over", "1");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("connections[0].partner: partner_changed: was webhook");
        assertThat(taken.status()).isZero();
    }

    @Test
    void whoPublishesIsToldWhatIsProbablyNotMeant() throws IOException {
        String open = file("open.json", good("connections-warned").replace("https:", "http:"));

        assertThat(run("validate", open).out())
                .contains("warning: " + open + ":connections[0].settings.url: not_https")
                .endsWith("open.json: valid, 1 connection\n");
        // No rule set is published yet: nothing is known of its segments.
        assertThat(changing("connections-warned", "publish", open).out())
                .contains("connections[0].settings.url: not_https")
                .doesNotContain("unknown_segment");
        assertThat(console.send("POST", "/v1/accounts/connections-warned/rule-sets", Samples.draft("two"), Map.of())
                        .statusCode())
                .isEqualTo(201);
        String stops = file(
                "stops.json", good("connections-warned").replace("\"sha256\"", "\"status\": \"revoked\", \"sha256\""));
        assertThat(reading("connections-warned", "diff", stops).out())
                .contains("~ connection shop", "~ read key ads", "warning: readKeys: key_revoked");
        assertThat(changing("connections-warned", "publish", stops).out())
                .contains(
                        "warning: connections[0].segments: unknown_segment: one is not in the newest rule set",
                        "warning: readKeys: key_revoked: read key ads")
                .doesNotContain(ReadKey.hash("connections-warned"));
        assertThat(console.send(
                                "POST",
                                "/v1/accounts/connections-warned/connections/validate",
                                good("connections-warned"),
                                Map.of())
                        .body())
                .contains("\"valid\":true", "unknown_segment");
    }

    @Test
    void anEarlierSetIsPublishedAgainAndAnOldBaseIsRefused() throws IOException {
        changing("connections-back", "publish", file("one.json", good("connections-back")));
        changing(
                "connections-back",
                "publish",
                file("two.json", good("connections-back").replace("\"shop\", \"partner\"", "\"store\", \"partner\"")));

        Run late = changing("connections-back", "publish", file("three.json", good("connections-back")), "--over", "1");
        assertThat(late.status()).isEqualTo(1);
        assertThat(late.err()).contains("refused (412): the current set of connections is number 2");
        assertThat(changing("connections-back", "rollback", "1").status()).isEqualTo(2);
        assertThat(changing("connections-back", "rollback", "1", "--reason", "typo")
                        .out())
                .startsWith("published set of connections 3")
                .contains("connection_removed: store");
        assertThat(reading("connections-back", "diff", "1", "3").out()).isEqualTo("2 parts are the same\n");
        assertThat(reading("connections-back", "list").out()).contains("(content of 1)");
        assertThat(reading("nobody", "diff", file("first.json", good("connections-back")))
                        .out())
                .contains("+ connection shop", "+ read key ads");
    }

    @Test
    void anEmptySetMustBeMeant() throws IOException {
        String empty = file("empty.json", "{\"connections\": []}");

        assertThat(run("validate", empty).err()).contains("empty.json:connections: is empty");
        assertThat(changing("connections-emptied", "publish", empty, "--allow-empty")
                        .status())
                .isZero();
    }

    @Test
    void aFreshKeyIsKnownByTheHashThatIsPrintedWithIt() {
        String[] lines = run("key").out().split("\n", -1);
        String key = lines[0].replace("read key, for a server of the account: ", "");

        assertThat(key).matches("[0-9a-f]{40}");
        assertThat(lines[1]).contains(ReadKey.hash(key));
        assertThat(run("key", "--of", "k1").out()).contains(HASH);
    }

    @Test
    void helpSpeaksOfConnections() {
        assertThat(run("--help").out())
                .contains("./sluice connections", "export", "validate", "publish", "list", "diff", "rollback", "key");
        assertThat(run("publish", "--help").out())
                .contains("./sluice connections publish", "next set of connections", "--token-file")
                .doesNotContain("bundle:");
        assertThat(run("export", "--help").out()).doesNotContain("--sentences");
    }

    /** With a key of this account: no two may have the same. */
    private static String good(String account) {
        return GOOD.replace(HASH, ReadKey.hash(account));
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Run reading(String account, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--console", console.address().toString(), "--account", account));
        return run(all.toArray(String[]::new));
    }

    private static Run changing(String account, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--token-file", ConsoleUnderTest.tokenFile(folder).toString()));
        return reading(account, all.toArray(String[]::new));
    }

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = ConnectionsCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
