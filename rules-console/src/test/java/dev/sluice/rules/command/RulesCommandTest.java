package dev.sluice.rules.command;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.rules.ConsoleUnderTest;
import dev.sluice.rules.SharedConsole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./sluice rules} against a running console:
 *
 * <ul>
 *   <li>what is exported can be published as it is, and the same rules always give the same text;
 *   <li>problems come as file:path: message, all of them, with status 1; validating needs no console;
 *   <li>a list, a diff with a file or between numbers, and a rollback say what happened;
 *   <li>wrong use is 2, a console that does not answer 3; the token never travels readable to another machine.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class RulesCommandTest {
    private static final String GOOD = """
            {
              "segments": [
                {
                  "id": "skips-ads",
                  "name": "Skips \\"ads\\" <b>",
                  "kind": "live",
                  "when": {
                    "trait": "country",
                    "oneOf": ["CA", "US"]
                  }
                }
              ]
            }
            """;

    @TempDir
    static Path folder;

    /** What a command did. */
    private record Run(int status, String out, String err) {}

    @Test
    void whatIsExportedCanBePublished() throws IOException {
        Path file = file("good.json", GOOD);
        Run published = changing("rules-exported", "publish", file.toString(), "--reason", "sale", "--author", "Zoë");
        Run exported =
                reading("rules-exported", "export", folder.resolve("out.json").toString());
        Run again =
                changing("rules-exported", "publish", folder.resolve("out.json").toString(), "--over", "1");

        assertThat(published.out()).startsWith("published rule set 1 of rules-exported: 1 segment, ");
        assertThat(exported.status()).isZero();
        assertThat(folder.resolve("out.json")).hasContent(GOOD);
        assertThat(again.out()).startsWith("published rule set 2");
        assertThat(reading("rules-exported", "export", "--number", "2").out()).isEqualTo(GOOD);
        assertThat(reading("rules-exported", "list").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("     1  2.*  1 segment   Zoë  sale"));
    }

    @Test
    void allProblemsAreListedWithTheirPlaces() throws IOException {
        Path file = file("bad.json", """
                {"segments":[{"id":"A","kind":"live","when":{"trait":"t","exists":true}},
                             {"id":"b","kind":"live","parent":"c","when":{"trait":"t","exists":true}}]}
                """);

        Run validated = run("validate", file.toString());

        assertThat(validated.status()).isEqualTo(1);
        assertThat(validated.out()).isEmpty();
        assertThat(validated.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(file + ":segments[0]: a segment's id must match"))
                .anyMatch(line ->
                        line.equals(file + ":segments[1].parent: the parent c is not a segment of this rule set"));
        Run published = changing("rules-spurned", "publish", file.toString());
        assertThat(published.status()).isEqualTo(1);
        assertThat(published.err()).isEqualTo(validated.err());
        assertThat(run("validate", file("cut.json", "{").toString()).err()).contains("cut.json: ");
        assertThat(run(
                                "validate",
                                file("said.json", "{\"segments\":[],\"reason\":\"x\"}")
                                        .toString())
                        .err())
                .contains("said.json:reason: ");
    }

    @Test
    void anEmptyFileMustBeMeant() throws IOException {
        Path file = file("empty.json", "{\"segments\":[]}");

        assertThat(run("validate", file.toString()).err()).contains("empty.json:segments: is empty");
        assertThat(changing("rules-drained", "publish", file.toString()).status())
                .isEqualTo(1);
        assertThat(changing("rules-drained", "publish", file.toString(), "--allow-empty")
                        .status())
                .isZero();
    }

    @Test
    void aValidFileIsSaidToBe() throws IOException {
        Run valid = run("validate", file("valid.json", GOOD).toString());

        assertThat(valid.status()).isZero();
        assertThat(valid.out()).endsWith("valid.json: valid, 1 segment" + System.lineSeparator());
    }

    @Test
    void aDiffNamesSegments() throws IOException {
        Path file = file("first.json", GOOD);
        assertThat(reading("rules-differing", "diff", file.toString()).out().lines())
                .containsExactly("+ skips-ads", "0 segments are the same");
        assertThat(changing("rules-differing", "publish", file.toString()).status())
                .isZero();
        Path changed = file("changed.json", GOOD.replace("country", "land"));

        assertThat(reading("rules-differing", "diff", changed.toString()).out().lines())
                .containsExactly("~ skips-ads (when)", "0 segments are the same");
        assertThat(changing("rules-differing", "publish", changed.toString()).status())
                .isZero();
        assertThat(reading("rules-differing", "diff", "1", "2").out().lines())
                .containsExactly("~ skips-ads (when)", "0 segments are the same");
        assertThat(reading("rules-differing", "diff", "1").out()).startsWith("~ skips-ads (when)");
        assertThat(reading("rules-differing", "diff", "2").out()).startsWith("1 segment is the same");
        assertThat(reading("rules-differing", "diff", "1", "9"))
                .isEqualTo(new Run(1, "", "account rules-differing has no rule set 9" + System.lineSeparator()));
        assertThat(reading("rules-differing", "diff", "1", changed.toString()).out())
                .startsWith("~ skips-ads (when)");
        assertThat(reading("rules-differing", "diff", "no-such-file.json").status())
                .isEqualTo(2);
    }

    @Test
    void aDiffWithWhatThisReleaseCannotReadIsRefused() throws IOException {
        byte[] newer = GOOD.replace("\"trait\"", "\"mood\"").getBytes(StandardCharsets.UTF_8);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, newer.length);
                exchange.getResponseBody().write(newer);
            }
        });
        server.start();
        try {
            Run diff = run(
                    "diff",
                    "1",
                    "2",
                    "--console",
                    "http://127.0.0.1:" + server.getAddress().getPort());

            assertThat(diff.status()).isEqualTo(1);
            assertThat(diff.out()).isEmpty();
            assertThat(diff.err()).startsWith("rule set 1: this release cannot read it: ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAccountWithoutRuleSetsIsSaidToHaveNone() {
        String none = "account nobody has published no rule set yet" + System.lineSeparator();

        assertThat(reading("nobody", "list")).isEqualTo(new Run(0, "", none));
        assertThat(reading("nobody", "export")).isEqualTo(new Run(1, "", none));
    }

    @Test
    void aRollbackNeedsAReason() throws IOException {
        for (String word : List.of("one", "two")) {
            Path file = file("rolled.json", GOOD.replace("country", word));
            assertThat(changing("rules-returned", "publish", file.toString()).status())
                    .isZero();
        }

        assertThat(changing("rules-returned", "rollback", "1").status()).isEqualTo(2);
        Run late = changing("rules-returned", "rollback", "1", "--reason", "too many", "--over", "1");
        assertThat(late.status()).isEqualTo(1);
        assertThat(late.err()).contains("refused (412): the current rule set is number 2");
        assertThat(changing("rules-returned", "rollback", "1", "--reason", "too many")
                        .out())
                .startsWith("published rule set 3");
        assertThat(reading("rules-returned", "list", "--limit", "1").out()).contains("too many  (content of 1)");
    }

    @Test
    void wrongUseIsTwo() throws IOException {
        Path file = file("wrong.json", GOOD);
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("no-such-command").status()).isEqualTo(2);
        assertThat(run("validate", "no-such-file.json"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "no-such-file.json cannot be read: there is no such file or folder" + System.lineSeparator()));
        assertThat(run("export", "--console", "not an address").status()).isEqualTo(2);
        assertThat(run("export", "--console", "ftp://127.0.0.1").status()).isEqualTo(2);
        assertThat(reading("BAD", "list").status()).isEqualTo(2);
        Run far = run(
                "publish",
                file.toString(),
                "--console",
                "http://example.org",
                "--token-file",
                ConsoleUnderTest.tokenFile(folder).toString());
        assertThat(far.status()).isEqualTo(2);
        assertThat(far.err()).contains("must be an https address");
        assertThat(run(
                                "publish",
                                file.toString(),
                                "--console",
                                console.address().toString(),
                                "--token-file",
                                file.toString())
                        .err())
                .contains("must hold one token");
        assertThat(run("--version").out()).matches("Sluice \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(run("--help").out()).contains("export", "validate", "publish", "list", "diff", "rollback");
        assertThat(run("publish", "--help").out()).contains("--token-file", "--reason", "--over");
    }

    @Test
    void aWrongTokenIsRefused() throws IOException {
        Path wrong = file("wrong-token", "wrong-token-of-this-test");

        Run refused = reading(
                "rules-demo", "publish", file("guarded.json", GOOD).toString(), "--token-file", wrong.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("refused (401)");
    }

    @Test
    void aConsoleThatDoesNotAnswerIsThree() throws IOException {
        Run none;
        // Bound, so that nobody else listens at its port, and listening for nobody.
        try (var bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            none = run("list", "--console", "http://127.0.0.1:" + bound.getLocalPort());
        }
        Run other = run("list", "--console", SharedConsole.s3().endpoint().toString());

        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).contains("does not answer");
        assertThat(other.status()).isEqualTo(3);
        assertThat(other.err()).contains("is not a rules console");
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
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
        int status = RulesCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
