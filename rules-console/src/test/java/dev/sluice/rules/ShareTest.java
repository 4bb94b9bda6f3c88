package dev.sluice.rules;

import static dev.sluice.rules.ConsoleUnderTest.header;
import static dev.sluice.rules.SharedConsole.console;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises of the whole program for what a rule set shares: it is published, also by way of a draft, compared and rolled
 * back with the segments; a mistake in it is named with its place.
 */
@ExtendWith(SharedConsole.class)
class ShareTest {
    private static final String SEGMENTS =
            "\"segments\":[{\"id\":\"one\",\"kind\":\"live\",\"when\":{\"event\":{\"name\":\"Play\"}}}]";
    private static final String SHARE = "\"share\":{\"traits\":[\"email\"],\"properties\":[\"product\"]}";

    @Test
    void itIsPublishedComparedAndRolledBackWithTheSegments() {
        String sets = "/v1/accounts/sharing/rule-sets/";
        assertThat(console.publish("sharing", "{" + SEGMENTS + "," + SHARE + "}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(console.publish("sharing", "{" + SEGMENTS + "}").statusCode())
                .isEqualTo(201);

        assertThat(console.get(sets + "1").body()).contains(SHARE);
        assertThat(console.get(sets + "2").body()).doesNotContain("share");
        assertThat(console.get(sets + "1/diff/2").body())
                .contains("\"same\":1", "\"share\":{\"id\":\"share\",\"what\":[\"traits\",\"properties\"]");
        assertThat(console.post(sets + "1/rollback", "{\"reason\":\"back\"}").statusCode())
                .isEqualTo(201);
        assertThat(console.get(sets + "3").body()).contains(SHARE);
        assertThat(console.get(sets + "1/diff/3").body()).doesNotContain("\"share\"");
    }

    @Test
    void itIsKeptInADraft() {
        HttpResponse<String> begun =
                console.post("/v1/accounts/drawn/drafts", "{\"base\":0," + SEGMENTS + "," + SHARE + "}");
        assertThat(begun.body()).contains(SHARE);
        String draft = header(begun, "Location");
        assertThat(console.get(draft).body()).contains(SHARE);

        assertThat(console.send("POST", draft + "/publish", "{}", Map.of("If-Match", "\"1\""))
                        .statusCode())
                .isEqualTo(201);
        assertThat(console.get("/v1/accounts/drawn/rule-sets/1").body()).contains(SHARE);
    }

    @Test
    void aMistakeIsNamedWithItsPlace() {
        HttpResponse<String> refused =
                console.publish("mistaken", "{" + SEGMENTS + ",\"share\":{\"traits\":[\"email\",\"email\"]}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"path\":\"share.traits[1]\"", "email is named twice");
        assertThat(console.publish("mistaken", "{" + SEGMENTS + ",\"share\":{\"trait\":[]}}")
                        .body())
                .contains("unknown key");
    }
}
