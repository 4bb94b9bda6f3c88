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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Promises of the Secrets Manager's extension:
 *
 * <ul>
 *   <li>it is asked as AWS says, with the function's token
 *   <li>a secret that is not there or may not be read is told from one that cannot be read now, as the service says
 *   <li>nothing of an answer is in an exception
 * </ul>
 */
@Timeout(120)
final class SecretsManagerExtensionTest {
    private static final Reply REFUSED = html(400, "an unexpected error occurred while executing request");

    private final ScriptedServer extension = new ScriptedServer();
    private final ScriptedServer service = new ScriptedServer();
    private final SecretsManagerExtension secrets = new SecretsManagerExtension(
            extension.uri("/"),
            "session",
            new SecretsManagerSecrets(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "key")),
                    () -> "eu-west-1",
                    Optional.of(service.uri("/")),
                    Clock.systemUTC(),
                    Duration.ofMinutes(1)),
            Duration.ofMinutes(1));

    @AfterEach
    void close() {
        service.close();
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
        assertThat(service.received()).isEmpty();
    }

    /** The extension says the same of a secret that is missing, of one without the right tag, and of a throttled service. */
    @Test
    void whenItRefusesTheServiceSaysWhy() {
        extension.always(REFUSED);
        service.next(json(400, "{\"__type\":\"ResourceNotFoundException\"}"));
        assertThatThrownBy(() -> secrets.byName("demo", "webhook"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no secret webhook of account demo");
        service.next(json(400, "{\"__type\":\"AccessDeniedException\"}"));
        assertThatThrownBy(() -> secrets.byName("demo", "webhook"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tag sluice-partner");
        service.next(json(400, "{\"__type\":\"ThrottlingException\"}"));
        assertThatThrownBy(() -> secrets.byName("demo", "webhook")).isInstanceOf(UnreachableException.class);
    }

    @Test
    void whileItIsNotReadyTheServiceIsRead() {
        extension.next(html(400, "not ready to serve traffic, please wait"));
        service.next(json(200, "{\"SecretString\":\"hidden\"}"));

        assertThat(secrets.byName("demo", "webhook").reveal()).isEqualTo("hidden");
    }

    @Test
    void whatCannotBeReadNowMayBeReadLaterAndShowsNothing() {
        for (Reply reply : List.of(
                status(500),
                status(302, "location", "http://127.0.0.1:1/"),
                html(200, "<html>hidden</html>"),
                json(200, "{\"SecretBinary\":\"aGlkZGVu\"}"),
                json(200, "{\"SecretString\":\"hidden"))) {
            extension.next(reply);

            assertThatThrownBy(() -> secrets.byName("demo", "webhook"))
                    .isInstanceOf(UnreachableException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()) + e.getCause())
                            .doesNotContain("hidden", "aGlkZGVu", "session"));
        }
        try (var nobody = new NobodysPort()) {
            var away = new SecretsManagerExtension(nobody.uri("/"), "session", (account, name) -> {
                throw new AssertionError("the service was asked");
            });
            assertThatThrownBy(() -> away.byName("demo", "webhook")).isInstanceOf(UnreachableException.class);
        }
    }
}
