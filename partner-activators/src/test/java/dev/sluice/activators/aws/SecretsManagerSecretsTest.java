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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Promises of Secrets Manager without the extension: it is asked as AWS says, signed for its Region; a secret that is not there or
 * may not be read is told from one that cannot be read now; nothing of an answer is in an exception.
 */
@Timeout(120)
final class SecretsManagerSecretsTest {
    private final ScriptedServer service = new ScriptedServer();
    private final SecretsManagerSecrets secrets = new SecretsManagerSecrets(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "key")),
            () -> "eu-west-1",
            Optional.of(service.uri("/")),
            Clock.fixed(Instant.parse("2026-11-21T06:40:10Z"), ZoneOffset.UTC),
            Duration.ofMinutes(1));

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

    /** A role that may read by tag is told the same of a secret without the tag and of one that is not there. */
    @ParameterizedTest
    @CsvSource({
        "ResourceNotFoundException, there is no secret key of account demo",
        "InvalidRequestException, secret key of account demo is deleted",
        "AccessDeniedException, 'secret key of account demo may not be read: it must be there and have the tag"
                + " sluice-partner with the connection''s kind of partner'",
    })
    void oneThatIsNotThereOrMayNotBeReadIsNamed(String exception, String said) {
        service.always(json(400, "{\"__type\":\"" + exception + "\",\"Message\":\"hidden\"}"));

        assertThatThrownBy(() -> secrets.byName("demo", "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said);
    }

    @Test
    void whatAFunctionIsGivenToShowWhoItIsIsSent() {
        var function = new SecretsManagerSecrets(
                StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", "key", "session")),
                () -> "eu-west-1",
                Optional.of(service.uri("/")),
                Clock.fixed(Instant.parse("2026-11-21T06:40:10Z"), ZoneOffset.UTC),
                Duration.ofMinutes(1));
        service.always(json(200, "{\"SecretString\":\"hidden\"}"));

        assertThat(function.byName("demo", "key").reveal()).isEqualTo("hidden");
        assertThat(service.received().getFirst().header("x-amz-security-token")).isEqualTo("session");
    }

    @Test
    void whatCannotBeReadNowMayBeReadLaterAndShowsNothing() {
        for (Reply reply : List.of(
                status(500),
                html(200, "<html>hidden</html>"),
                json(200, "{\"SecretBinary\":\"aGlkZGVu\"}"),
                json(400, "{\"__type\":\"ThrottlingException\",\"Message\":\"hidden\"}"),
                json(400, "{\"__type\":\"DecryptionFailure\",\"Message\":\"AccessDeniedException\"}"),
                html(403, "<html>hidden</html>"))) {
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
