package dev.sluice.model.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Shared;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: what is empty is not written and reads back as empty; a line that lacks something, or contradicts itself, is
 * refused without telling any of it; a line of a version that is not known is refused.
 */
class ProfileChangeJsonTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:40:10.123Z");
    private static final Cause CAUSE = new Cause(Cause.Kind.EVENT, "m-1", AT, Optional.empty());
    private static final ProfileChange STANDING = new ProfileChange(
            new PersonKey("demo", "u1"), 4, 3, AT, CAUSE, Map.of("a", AT), List.of(), Shared.NOTHING, false);

    @Test
    void whatIsEmptyIsNotWritten() {
        byte[] line = ProfileChangeJson.write(STANDING);

        assertThat(JsonText.readObject(line).fields())
                .doesNotContainKeys("changes", "shared", "erased")
                .containsKey("memberships");
        assertThat(ActivationLine.read(line)).isEqualTo(STANDING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memberships | | memberships is missing",
                "memberships | {\"a\":1} | a must be a string",
                "memberships | {\"a\":\"secret\"} | memberships must be an ISO 8601 date and time with an offset",
                "slot | 1 | slot is not the person's",
                "version | 0 | version must be 1 or more",
                "ruleSet | -1 | ruleSet must be 0 to 2147483647",
                "cause | {\"kind\":\"secret\"} | cause.kind must be event, correction, rules, time, profile or merge",
                "changes | [[\"left\",\"a\",\"2026-11-21T06:40:10Z\"]] | changes and memberships contradict each other",
                "changes | [[\"entered\",\"b\",\"2026-11-21T06:40:10Z\"]] | changes and memberships contradict each other",
                "changes | [[\"secret\",\"b\",\"2026-11-21T06:40:10Z\"]] | change must be entered or left",
                "changes | [[\"left\",\"b\"]] | 'a change must be [direction, segment, at]'",
                "changes | [{\"left\":\"b\"}] | 'a change must be [direction, segment, at]'",
                "shared | [] | shared must be an object",
                "shared | {\"traits\":[\"secret\"]} | traits must be an object",
                "shared | {\"event\":{\"properties\":{}}} | name is missing",
                "erased | true | who is erased is in no segment",
                "erased | 1 | erased must be true or false",
                "v | 3 | v is 3; this program reads v 1 to 2"
            })
    void aLineThatIsNotWholeIsRefused(String field, String json, String message) {
        Value value = json == null ? Value.NOTHING : JsonText.read(json.getBytes(StandardCharsets.UTF_8));
        Value.Fields line =
                JsonText.readObject(ProfileChangeJson.write(STANDING)).with(field, value);
        byte[] bytes = JsonText.writeObject(written -> line.fields().forEach((name, each) -> {
            written.writeName(name);
            JsonText.write(written, each);
        }));

        assertThatThrownBy(() -> ActivationLine.read(bytes))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }
}
