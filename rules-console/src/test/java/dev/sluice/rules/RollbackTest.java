package dev.sluice.rules;

import static dev.sluice.rules.ConsoleUnderTest.json;
import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole program rolling back: old content gets a new number, needs a reason, and must still be what programs can run. */
@ExtendWith(SharedConsole.class)
class RollbackTest {
    @Test
    void aRollbackPublishesOldContentUnderANewNumber() {
        assertThat(console.publish("rolled", Samples.draft("one")).statusCode()).isEqualTo(201);
        assertThat(console.publish("rolled", Samples.draft("two")).statusCode()).isEqualTo(201);
        String path = "/v1/accounts/rolled/rule-sets/1/rollback";

        assertThat(console.post(path, "{}").body()).contains("reason is missing");
        HttpResponse<String> late =
                console.send("POST", path, "{\"reason\":\"too many\"}", Map.of("If-Match", "\"1\""));
        HttpResponse<String> done = console.post(path, "{\"reason\":\"too many\",\"author\":\"Zoë\"}");

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(done.statusCode()).isEqualTo(201);
        assertThat(json(done).whole("number")).isEqualTo(3);
        Value.Fields info = json(console.get("/v1/accounts/rolled/rule-sets/3/info"));
        assertThat(info.whole("rolledBackFrom")).isEqualTo(1);
        assertThat(info.text("reason")).isEqualTo("too many");
        assertThat(info.text("contentHash"))
                .isEqualTo(json(console.get("/v1/accounts/rolled/rule-sets/1/info"))
                        .text("contentHash"));
        assertThat(console.post("/v1/accounts/rolled/rule-sets/3/rollback", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(console.post("/v1/accounts/rolled/rule-sets/9/rollback", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRollbackToWhatNoProgramCanRunIsRefused() throws IOException {
        assertThat(console.publish("unrunnable", Samples.draft("one")).statusCode())
                .isEqualTo(201);
        Path second = bundles("unrunnable").resolve("0000000002.json");
        Files.write(second, RuleSetJson.write(Samples.parsed("unrunnable", 2, Samples.UNKNOWN_FUNCTION)));
        assertThat(console.publish("unrunnable", Samples.draft("two")).statusCode())
                .isEqualTo(201);

        HttpResponse<String> refused =
                console.post("/v1/accounts/unrunnable/rule-sets/2/rollback", "{\"reason\":\"x\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("there is no function nowhere");
        assertThat(json(console.get("/v1/accounts/unrunnable/rule-sets")).list("numbers"))
                .hasSize(3);
    }

    private static Path bundles(String account) {
        return SharedConsole.bucket().resolve("rule-sets").resolve(account);
    }
}
