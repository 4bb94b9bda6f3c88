package dev.sluice.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.aws.LocalS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program while S3 fails:
 *
 * <ul>
 *   <li>while S3 is gone it is alive, not ready, and tells clients to come back; drafts can be
 *       worked on; when S3 is back, so is it;
 *   <li>while S3 is silent the answer comes all the same;
 *   <li>an object that is not a rule set is an error of ours, and the next publication mends it.
 * </ul>
 */
class S3FaultsTest {
    @TempDir
    Path folder;

    @Test
    void whileS3IsGoneClientsAreToldToComeBack() throws IOException {
        var first = new LocalS3(folder.resolve("s3"), 0);
        int port = first.port();
        try (var console = ConsoleUnderTest.start(first.endpoint(), folder)) {
            assertThat(console.publish("demo", Samples.draft("one")).statusCode())
                    .isEqualTo(201);
            first.close();

            List<HttpResponse<String>> answers = List.of(
                    console.publish("demo", Samples.draft("two")),
                    console.get("/v1/accounts/demo/rule-sets"),
                    console.get("/v1/accounts/demo/rule-sets/current"),
                    console.get("/v1/accounts/demo/rule-sets/1"),
                    console.get("/health/ready"));
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                assertThat(answer.body())
                        .startsWith(
                                "{\"code\":\"unreachable\"," + "\"message\":\"the store of rule sets does not answer");
            });
            assertThat(answers.getFirst().body()).contains("nothing was published");
            assertThat(console.post("/v1/accounts/demo/drafts", "{\"segments\":[]}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(console.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(console.publish("demo", "{}").statusCode()).isEqualTo(422);

            try (var again = new LocalS3(folder.resolve("s3"), port)) {
                assertThat(again.port()).isEqualTo(port);
                assertThat(console.get("/health/ready").statusCode()).isEqualTo(200);
                assertThat(console.publish("demo", Samples.draft("two")).body()).contains("\"number\":2");
            }
        }
    }

    @Test
    void whileS3IsSilentTheAnswerComesAllTheSame() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var console = ConsoleUnderTest.start(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                        folder,
                        "--sluice.rules.aws-timeout=100ms")) {
            // Without a limit neither would ever end.
            assertThat(console.publish("demo", Samples.draft("one")).statusCode())
                    .isEqualTo(503);
            assertThat(console.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void anObjectThatIsNotARuleSetIsMendedByTheNextPublication() throws IOException {
        try (var s3 = new LocalS3(folder.resolve("s3"), 0);
                var console = ConsoleUnderTest.start(s3.endpoint(), folder)) {
            Path account = Files.createDirectories(
                    folder.resolve("s3").resolve(LocalS3.BUCKET).resolve("rule-sets/demo"));
            Files.writeString(account.resolve("0000000001.json"), "secret rubbish");

            HttpResponse<String> current = console.get("/v1/accounts/demo/rule-sets/current");
            assertThat(current.statusCode()).isEqualTo(500);
            assertThat(current.body()).contains("\"code\":\"unreadable\"").doesNotContain("rubbish");

            assertThat(console.publish("demo", Samples.draft("one")).body()).contains("\"number\":2");
            assertThat(console.get("/v1/accounts/demo/rule-sets/current").statusCode())
                    .isEqualTo(200);
        }
    }
}
