package dev.sluice.activators.aws;

import static dev.sluice.activators.http.Reply.html;
import static dev.sluice.activators.http.Reply.json;
import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.Reply;
import dev.sluice.activators.http.ScriptedServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Promises of Secrets Manager without the extension: it is asked as AWS says, signed for its Region; a secret that is not there is
 * told from one that cannot be read now; nothing of an answer is in an exception.
 */
@Timeout(60)
final class SecretsManagerSecretsTest {
    private final ScriptedServer service = new ScriptedServer();
    private final SecretsManagerSecrets secrets = new SecretsManagerSecrets(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "key")),
            () -> "eu-west-1",
            Optional.of(service.uri("/")),
            Clock.fixed(Instant.parse("2026-11-21T06:40:10Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void itIsAskedAsAwsSays() {
        service.always(json(200, "{\"Name\":\"sluice/demo/key\",\"SecretString\":\"hidden\",\"VersionStages\":[]}"));

        assertThat(secrets.byName("demo", "key").reveal()).isEqualTo("hidden");
        ScriptedServer.Received request = service.received().getFirst();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /");
        assertThat(request.header("x-amz-target")).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(request.header("content-type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(request.header("x-amz-date")).isEqualTo("20261121T064010Z");
        assertThat(request.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/secretsmanager/aws4_request");
        assertThat(request.body()).isEqualTo("{\"SecretId\":\"sluice/demo/key\"}");
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        service.always(json(400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"can't find the secret\"}"));

        assertThatThrownBy(() -> secrets.byName("demo", "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no secret key of account demo");
    }

    @Test
    void whatCannotBeReadNowMayBeReadLaterAndShowsNothing() {
        for (Reply reply : List.of(
                status(500),
                html(200, "<html>hidden</html>"),
                json(200, "{\"SecretBinary\":\"aGlkZGVu\"}"),
                json(400, "{\"__type\":\"AccessDeniedException\",\"Message\":\"hidden\"}"))) {
            service.next(reply);

            assertThatThrownBy(() -> secrets.byName("demo", "key"))
                    .isInstanceOf(UnreachableException.class)
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage()) + e.getCause())
                            .doesNotContain("hidden", "aGlkZGVu", "AKIDEXAMPLE"));
        }
        service.close();
        assertThatThrownBy(() -> secrets.byName("demo", "key")).isInstanceOf(UnreachableException.class);
    }
}
