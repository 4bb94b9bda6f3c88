package dev.sluice.model.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: what is written is read again as it was; every mistake is named with its place, all at once; no secret and no
 * key stands in a bundle; every partner but an account's own system says which consent it needs.
 */
class ConnectionsJsonTest {
    private static final String HASH = "0".repeat(63) + "1";

    @Test
    void whatIsWrittenIsReadAgain() {
        Connections read = read("{'connections':[{'name':'a','partner':'webhook','segments':'all'},"
                + "{'name':'b','partner':'meta','segments':{'gold':'17'},'consent':{'any':['ads','email']},"
                + "'secret':'b','paused':true,'settings':{'n':{'x':[1,{'y':'z'}]}}}],"
                + "'readKeys':[{'name':'k','sha256':'" + HASH + "','segments':['gold']}]}");

        assertThat(read.connections().get(0))
                .isEqualTo(new Connection(
                        "a", "webhook", Optional.empty(), Consent.NONE, Optional.empty(), false, Value.Fields.NONE));
        assertThat(read.connections().get(1).audiences()).contains(Map.of("gold", "17"));
        assertThat(read.connections().get(1).consent())
                .isEqualTo(new Consent(Consent.Policy.ANY, List.of("ads", "email")));
        assertThat(read.readKeys()).containsExactly(new ReadKey("k", HASH, true, Optional.of(Set.of("gold"))));
        Connections published = read.as("demo", 7);
        assertThat(ConnectionsJson.read(ConnectionsJson.write(published))).isEqualTo(published);
        assertThat(ConnectionsJson.read(JsonText.readObject(ConnectionsJson.writeContent(published))))
                .isEqualTo(read);
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThat(
                        problems(
                                "{'connections':[{'name':'A','segments':'some'},{'name':'b','partner':'meta',"
                                        + "'segments':{'g':''},'secret':'../x','x':1}],'readKeys':[{'name':'k','key':'secret'}],'y':2}"))
                .contains(
                        "",
                        "connections[0].name",
                        "connections[0].partner",
                        "connections[0].segments",
                        "connections[1]",
                        "connections[1].segments.g",
                        "connections[1].secret",
                        "connections[1].consent",
                        "readKeys[0].key");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | connections",
                "{'connections':{}} | connections",
                "{'connections':[W,W]} | connections[1].name",
                "{'connections':[{'name':'a','partner':'webhook','segments':{}}]} | connections[0].segments",
                "{'connections':[{'name':'a','partner':'webhook'}]} | connections[0].segments",
                "{'connections':[{'name':'a','partner':'webhook','segments':{'Gold':'1'}}]} | connections[0].segments.Gold",
                "{'connections':[{'name':'a','partner':'meta','segments':'all'}]} | connections[0].consent",
                "{'connections':[{'name':'a','partner':'meta','segments':'all','consent':{}}]} | connections[0].consent",
                "{'connections':[{'name':'a','partner':'meta','segments':'all','consent':{'any':[]}}]} | connections[0].consent.any",
                "{'connections':[{'name':'a','partner':'meta','segments':'all','consent':{'all':['x','x']}}]} | connections[0].consent.all",
                "{'connections':[{'name':'a','partner':'webhook','segments':'all','paused':'no'}]} | connections[0].paused",
                "{'connections':[{'name':'a','partner':'webhook','segments':'all','secret':'a/b'}]} | connections[0].secret",
                "{'connections':[],'readKeys':[{'name':'k','sha256':'abc'}]} | readKeys[0].sha256",
                "{'connections':[],'readKeys':[{'sha256':'H'}]} | readKeys[0].name",
                "{'connections':[],'readKeys':[{'name':'a','sha256':'H'},{'name':'b','sha256':'H'}]} | readKeys[1].sha256",
                "{'connections':[],'readKeys':[{'name':'a','sha256':'H','status':'on'}]} | readKeys[0].status",
            })
    void aMistakeIsRefusedWithItsPlace(String content, String path) {
        assertThat(problems(content.replace("'H'", "'" + HASH + "'")
                        .replace("W", "{'name':'a','partner':'webhook','segments':'all'}")))
                .contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "token, true",
        "accessToken, true",
        "client_secret, true",
        "Password, true",
        "api-key, true",
        "key, true",
        "publicKey, false",
        "tokenUrl, false",
        "audienceKey, false",
        "deviceTokens, false",
        "secretary, false"
    })
    void noSecretStandsInSettings(String key, boolean refused) {
        for (String settings : List.of("{'%s':'x'}", "{'in':{'%s':'x'}}", "{'in':[1,{'%s':'x'}]}")) {
            List<String> problems =
                    problems("{'connections':[{'name':'a','partner':'webhook','segments':'all','settings':"
                            + settings.formatted(key) + "}]}");

            assertThat(problems).hasSize(refused ? 1 : 0).allMatch(path -> path.endsWith(key));
        }
    }

    private static Connections read(String json) {
        return ConnectionsJson.read(JsonText.readObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> problems(String json) {
        InvalidBundleException refused = catchThrowableOfType(InvalidBundleException.class, () -> read(json));
        return refused == null
                ? List.of()
                : refused.problems().stream().map(BundleProblem::path).toList();
    }
}
