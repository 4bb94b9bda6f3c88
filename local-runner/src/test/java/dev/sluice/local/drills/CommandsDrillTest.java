package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises, of the commands as they are deployed: refused input is counted, exported, corrected and replayed into the
 * stream with the ids that it had; failover objects are listed and replayed.
 */
@ExtendWith(SharedRig.class)
class CommandsDrillTest {
    private final Rig rig;

    @TempDir
    private Path folder;

    CommandsDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    @Test
    void refusedInputIsCorrectedAndReplayed() throws Exception {
        rig.calm();
        String bad = "{\"messageId\":\"corrected-1\",\"event\":7,\"userId\":\"u1\"}";
        HttpResponse<byte[]> answer = rig.http()
                .send(
                        HttpRequest.newBuilder(Rig.at(rig.tracker(), "/v1/track"))
                                .header("Authorization", Clients.basic(Rig.WRITE_KEY))
                                .POST(HttpRequest.BodyPublishers.ofString(bad))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(400);
        Path export = folder.resolve("rejected.ndjson");
        Path key = Files.writeString(folder.resolve("key"), Rig.WRITE_KEY);
        Eventually.until(
                "it is in S3",
                () -> command("Rejected", "list", "--from", "1h", "--events").contains(" bad_field "));

        assertThat(command("Rejected", "export", "--from", "1h", "--reason", "bad_field", export.toString()))
                .contains("written to");
        String line = Files.readAllLines(export).stream()
                .filter(it -> it.contains("corrected-1"))
                .findFirst()
                .orElseThrow();
        Files.writeString(export, line.replace("\"event\":7", "\"event\":\"Level Won\"") + "\n");
        for (int times = 0; times < 2; times++) {
            assertThat(command(
                            "Rejected",
                            "replay",
                            "--tracker",
                            rig.tracker().address().toString(),
                            "--write-key-file",
                            key.toString(),
                            "--account",
                            Rig.ACCOUNT,
                            export.toString()))
                    .contains("1 events accepted, 0 refused");
        }

        Eventually.until("it is in Kinesis", () -> rig.witness().sawAll(Set.of("corrected-1")));
    }

    @Test
    void whatWaitsIsListed() {
        rig.calm();
        rig.kinesis().meets(new Trouble.Failing(500, "InternalFailure"));
        try (Clients clients = rig.clients("listed", 20, java.time.Duration.ofMillis(200))) {
            Eventually.until("some in S3", () -> rig.bucket().keys("failover/").size() > 2);
            clients.rest();
            assertThat(command("Failover", "list")).contains("drill-node-").contains("the oldest");
            rig.calm();
            assertThat(command("Failover", "replay")).contains("replayed ");
            rig.awaitAllInKinesis(clients);
        }
    }

    private String command(String name, String... arguments) {
        try {
            return rig.command("dev.sluice.tracker.command." + name + "Command", arguments);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
