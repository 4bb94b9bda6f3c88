package dev.sluice.activators.aws;

import static dev.sluice.activators.http.Reply.html;
import static dev.sluice.activators.http.Reply.json;
import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.NobodysPort;
import dev.sluice.activators.http.Reply;
import dev.sluice.activators.http.ScriptedServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises of the Secrets Manager's extension:
 *
 * <ul>
 *   <li>it is asked as AWS says, with the function's token
 *   <li>a secret that is not there is told from one that cannot be read now
 *   <li>nothing of an answer is in an exception
 * </ul>
 */
@Timeout(120)
final class SecretsManagerExtensionTest {
    private final ScriptedServer extension = new ScriptedServer();
    private final SecretsManagerExtension secrets =
            new SecretsManagerExtension(extension.uri("/"), "session", Duration.ofMinutes(1));

    @AfterEach
    void close() {
        extension.close();
    }

    @Test
    void itIsAskedAsAwsSays() {
        extension.always(
                json(200, "{\"Name\":\"sluice/demo/webhook\",\"SecretString\":\"hidden\",\"VersionStages\":[]}"));

        assertThat(secrets.byName("demo", "webhook").reveal()).isEqualTo("hidden");
        ScriptedServer.Received request = extension.received().getFirst();
        assertThat(request.method() + " " + request.target())
                .isEqualTo("GET /secretsmanager/get?secretId=sluice%2Fdemo%2Fwebhook");
        assertThat(request.header("x-aws-parameters-secrets-token")).isEqualTo("session");
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        for (Reply missing : List.of(
                status(404),
                json(400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"can't find the secret\"}"))) {
            extension.next(missing);

            assertThatThrownBy(() -> secrets.byName("demo", "webhook"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no secret webhook of account demo");
        }
    }

    @Test
    void whatCannotBeReadNowMayBeReadLaterAndShowsNothing() {
        for (Reply reply : List.of(
                status(500),
                status(401),
                status(302, "location", "http://127.0.0.1:1/"),
                html(200, "<html>hidden</html>"),
                json(200, "{\"SecretBinary\":\"aGlkZGVu\"}"),
                json(200, "{\"SecretString\":\"hidden"),
                json(400, "{\"__type\":\"ThrottlingException\"}"))) {
            extension.next(reply);

            assertThatThrownBy(() -> secrets.byName("demo", "webhook"))
                    .isInstanceOf(UnreachableException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()) + e.getCause())
                            .doesNotContain("hidden", "aGlkZGVu", "session"));
        }
        try (var nobody = new NobodysPort()) {
            var away = new SecretsManagerExtension(nobody.uri("/"), "session");
            assertThatThrownBy(() -> away.byName("demo", "webhook")).isInstanceOf(UnreachableException.class);
        }
    }
}
