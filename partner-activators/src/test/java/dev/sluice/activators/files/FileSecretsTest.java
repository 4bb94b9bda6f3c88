package dev.sluice.activators.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret is its file's text; a file that others may read is none, and no name leads out of the directory. */
final class FileSecretsTest {
    @TempDir
    private Path directory;

    @Test
    void aSecretIsItsFilesTextWithoutTheLineEnd() throws IOException {
        write("webhook", "rw-------");

        assertThat(new FileSecrets(directory).byName("demo", "webhook").reveal())
                .isEqualTo("hidden");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        write("webhook", "rw-r-----");

        assertThatThrownBy(() -> new FileSecrets(directory).byName("demo", "webhook"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret webhook of account demo: others may read or write its file; chmod 600 it");
    }

    @Test
    void oneThatIsMissingIsNamed() {
        assertThatThrownBy(() -> new FileSecrets(directory).byName("demo", "webhook"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no secret webhook of account demo");
    }

    @Test
    void whatCannotBeReadMayBeReadLater() throws IOException {
        Path file = directory.resolve("demo").resolve("webhook");
        Files.createDirectories(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> new FileSecrets(directory).byName("demo", "webhook"))
                .isInstanceOf(UnreachableException.class);
    }

    @ParameterizedTest
    @CsvSource({"demo,../other", "..,webhook", "demo,''", "demo,a/b", "demo,/etc/passwd", "Demo,webhook"})
    void noNameLeadsOutOfTheDirectory(String account, String name) {
        assertThatThrownBy(() -> new FileSecrets(directory.resolve("demo")).byName(account, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accounts and secrets are named by small letters, digits and hyphens");
    }

    private void write(String name, String mode) throws IOException {
        Path file = directory.resolve("demo").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hidden\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
