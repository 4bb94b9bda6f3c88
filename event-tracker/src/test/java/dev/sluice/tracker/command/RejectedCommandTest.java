package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: what was refused is counted by hour, account and reason and found by any of them; bodies and write keys are
 * printed only when asked for; an export is its owner's; a lake that does not answer is said.
 */
final class RejectedCommandTest {
    private final RejectedUnderTest refused = new RejectedUnderTest();

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        refused.refuseSome();
    }

    @AfterEach
    void stop() {
        refused.stop();
    }

    @Test
    void theyAreCountedByHourAccountAndReason() {
        assertThat(refused.run("list", "--from", "2h")).isZero();

        assertThat(refused.out.toString())
                .containsPattern("2026-11-21 12:00 demo +bad_field +2\n")
                .containsPattern("2026-11-21 12:00 other +bad_json +1\n")
                .contains("3 rejected")
                .doesNotContain("secret");
    }

    @Test
    void theyAreFoundByReasonAndAccountAndTime() {
        assertThat(refused.run("list", "--events", "--from", "2h", "--account", "demo", "--to", "2026-11-21T12:02:00Z"))
                .isZero();

        assertThat(refused.out.toString())
                .contains("2026/11/21/12/bad_field/10.0.0.7-a#0")
                .contains("1 rejected")
                .doesNotContain("secret")
                .doesNotContain("userId\":");
    }

    @Test
    void oneIsShownWithoutItsWriteKey() {
        assertThat(refused.run("show", "2026/11/21/12/bad_field/10.0.0.7-a#0")).isZero();

        assertThat(refused.out.toString())
                .contains("\"body\":{\"userId\":7,\"event\":\"A\",\"type\":\"track\"}")
                .doesNotContain("secret");
    }

    @Test
    void anExportIsItsOwnersFromTheStart() throws IOException {
        Path export = folder.resolve("rejected.ndjson");
        var seen = new AtomicReference<Set<PosixFilePermission>>();
        refused.bucket.refuse(key -> {
            if (Files.exists(export)) {
                seen.set(permissions(export));
            }
            return false;
        });

        assertThat(refused.run("export", "--from", "2h", export.toString())).isZero();

        assertThat(PosixFilePermissions.toString(seen.get())).isEqualTo("rw-------");
        assertThat(refused.run("export", "--from", "2h", export.toString())).isEqualTo(2);
    }

    @Test
    void aLakeThatDoesNotAnswerIsSaid() {
        refused.bucket.down(true);

        assertThat(refused.run("list")).isEqualTo(3);
        assertThat(refused.err.toString()).contains("the lake does not answer");
    }

    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
