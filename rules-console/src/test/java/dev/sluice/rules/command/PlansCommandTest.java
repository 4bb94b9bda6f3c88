package dev.sluice.rules.command;

import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.plan.SourceKey;
import dev.sluice.rules.ConsoleUnderTest;
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
 * {@code ./sluice plans} against a running console:
 *
 * <ul>
 *   <li>what is exported can be published as it is; a JSON Schema is published as what it says;
 *   <li>problems come as file:path: message, all of them, with status 1; a write key in clear is one;
 *   <li>whoever publishes is told what applications that are out there may trip over;
 *   <li>a list, a diff and a rollback say what happened, and who worked from an old plan publishes nothing;
 *   <li>a fresh write key is known by the hash that is printed with it.
 * </ul>
 */
@ExtendWith(SharedConsole.class)
class PlansCommandTest {
    private static final String HASH = SourceKey.hash("k1");
    private static final String GOOD = """
            {"sources": [{"name": "app", "keys": [{"sha256": "HASH"}]}],
             "events": [{"name": "Shop", "schema": {"type": "object", "properties": {"coins": {"type": "integer"}}}}]}
            """.replace("HASH", HASH);

    @TempDir
    static Path folder;

    /** What a command did. */
    private record Run(int status, String out, String err) {}

    @Test
    void whatIsExportedCanBePublished() throws IOException {
        Run published = changing(
                "plans-exported",
                "publish",
                file("good.json", good("plans-exported")),
                "--reason",
                "start",
                "--author",
                "Zoë");
        Run exported =
                reading("plans-exported", "export", folder.resolve("out.json").toString());
        Run again =
                changing("plans-exported", "publish", folder.resolve("out.json").toString(), "--over", "1");

        assertThat(published.out()).startsWith("published tracking plan 1 of plans-exported: 1 source, ");
        assertThat(exported.status()).isZero();
        assertThat(folder.resolve("out.json"))
                .content()
                .contains("\"coins\": {")
                .doesNotContain("schema")
                .doesNotContain("account");
        assertThat(again.out()).startsWith("published tracking plan 2").doesNotContain("warning");
        assertThat(reading("plans-exported", "list").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.matches("     1  2.*  1 source  Zoë  start"));
    }

    @Test
    void allProblemsAreListedWithTheirPlaces() throws IOException {
        String file = file(
                "bad.json",
                "{\"sources\":[{\"name\":\"app\",\"keys\":[{\"key\":\"k1\"}]}],"
                        + "\"traits\":{\"schema\":{\"oneOf\":[]}}}");

        Run validated = run("validate", file);

        assertThat(validated.status()).isEqualTo(1);
        assertThat(validated.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(file + ":sources[0].keys[0].key: must not stand in a plan"))
                .anyMatch(line -> line.startsWith(file + ":traits.schema: keyword oneOf is not supported"));
        assertThat(changing("plans-refused", "publish", file).status()).isEqualTo(1);
        assertThat(run("validate", file("good2.json", good("plans-refused"))).out())
                .endsWith("good2.json: valid, 1 source\n");
    }

    @Test
    void whatTheFileCannotSeeTheConsoleRefuses() {
        var answer = console.send("POST", "/v1/accounts/plans-sent/tracking-plans", "{\"sources\":[]}", Map.of());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("invalid_tracking_plan")
                .contains("sources")
                .contains("allowEmpty");
        assertThat(console.send(
                                "POST",
                                "/v1/accounts/plans-sent/tracking-plans",
                                good("plans-sent"),
                                Map.of("Authorization", "Bearer nobody-knows-this"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoPublishesIsToldWhatOldApplicationsMayTripOver() throws IOException {
        changing("plans-warned", "publish", file("first.json", good("plans-warned")));
        String stricter = file(
                "stricter.json",
                good("plans-warned")
                        .replace(SourceKey.hash("plans-warned"), SourceKey.hash("plans-warned-2"))
                        .replace("\"schema\": {", "\"schema\": {\"required\": [\"coins\"], ")
                        .replace("integer", "string"));

        Run diff = reading("plans-warned", "diff", stricter);
        Run published = changing("plans-warned", "publish", stricter);

        assertThat(diff.out())
                .contains("~ source app")
                .contains("~ event track Shop")
                .contains("warning: sources[0]: key_revoked")
                .contains("type_changed")
                .contains("required_added");
        assertThat(published.out()).contains("warning: sources[0]: key_revoked").contains("required_added");
    }

    @Test
    void anEarlierPlanIsPublishedAgainAndAnOldBaseIsRefused() throws IOException {
        changing("plans-back", "publish", file("one.json", good("plans-back")));
        changing("plans-back", "publish", file("two.json", good("plans-back").replace("Shop", "Store")));

        assertThat(changing("plans-back", "publish", file("three.json", good("plans-back")), "--over", "1")
                        .status())
                .isEqualTo(1);
        assertThat(changing("plans-back", "rollback", "1").status()).isEqualTo(2);
        assertThat(changing("plans-back", "rollback", "1", "--reason", "too strict")
                        .out())
                .startsWith("published tracking plan 3")
                .contains("event_removed: track Store");
        assertThat(reading("plans-back", "diff", "1", "3").out()).isEqualTo("2 parts are the same\n");
        assertThat(reading("plans-back", "list").out()).contains("(content of 1)");
        assertThat(reading("nobody", "export").err()).contains("has published no tracking plan yet");
    }

    @Test
    void aFreshKeyIsKnownByTheHashThatIsPrintedWithIt() {
        String[] lines = run("key").out().split("\n", -1);
        String key = lines[0].replace("write key, for the application: ", "");

        assertThat(key).matches("[0-9a-f]{40}");
        assertThat(lines[1]).contains(SourceKey.hash(key));
        assertThat(run("key", "--of", "k1").out()).contains(HASH);
        assertThat(run("key").out()).isNotEqualTo(run("key").out());
    }

    /** With a key of this account: no two may have the same. */
    private static String good(String account) {
        return GOOD.replace(HASH, SourceKey.hash(account));
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
        int status = PlansCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
