package dev.sluice.model.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promises: whatever a partner is told no longer, or otherwise, is said with its place; what is only more is not. */
class ConnectionChangesTest {
    private static final String HASH = "0".repeat(63) + "1";
    private static final String BEFORE = "{'connections':[{'name':'a','partner':'meta','segments':{'g':'1','s':'2'},"
            + "'consent':{'all':['ads']}}],'readKeys':[{'name':'k','sha256':'" + HASH + "','segments':['g','s']}]}";

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'name':'a' | 'name':'b' | connections: connection_removed",
                "'partner':'meta' | 'partner':'google' | connections[0].partner: partner_changed",
                "'consent' | 'paused':true,'consent' | connections[0].paused: paused",
                "{'all':['ads']} | {'any':['ads']} | connections[0].consent: consent_changed",
                "{'g':'1','s':'2'} | {'g':'1'} | connections[0].segments: segment_removed",
                "{'g':'1','s':'2'} | {'g':'1','s':'3'} | connections[0].segments: audience_changed",
                "'name':'k' | 'status':'revoked','name':'k' | readKeys: key_revoked",
                "'segments':['g','s'] | 'segments':['g'] | readKeys[0].segments: segments_removed",
            })
    void whatIsToldNoLongerIsSaid(String part, String changed, String warning) {
        assertThat(between(BEFORE, BEFORE.replace(part, changed)))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @Test
    void whatIsOnlyMoreIsNot() {
        assertThat(between(BEFORE, BEFORE)).isEmpty();
        assertThat(between("{'connections':[]}", BEFORE)).isEmpty();
        assertThat(between(BEFORE, BEFORE.replace("'s':'2'", "'s':'2','t':'3'").replace(",'segments':['g','s']", "")))
                .isEmpty();
        assertThat(between(BEFORE.replace("{'g':'1','s':'2'}", "'all'"), BEFORE))
                .singleElement()
                .asString()
                .contains("segments_removed: was all");
    }

    private static List<String> between(String before, String after) {
        return ConnectionChanges.between(read(before), read(after)).stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
    }

    private static Connections read(String json) {
        return ConnectionsJson.read(JsonText.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
