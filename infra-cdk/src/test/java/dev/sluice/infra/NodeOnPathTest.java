package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node is found in any folder of the path, and its absence is said in one line that names what to install. */
final class NodeOnPathTest {
    @Test
    void aMissingNodeIsNamedWithWhatToInstall(@TempDir Path empty) {
        assertThatIllegalStateException()
                .isThrownBy(() -> NodeOnPath.require(empty + File.pathSeparator + empty.resolve("absent")))
                .withMessageContaining("Node.js is not on the PATH")
                .withMessageContaining("nodejs");
        assertThatIllegalStateException().isThrownBy(() -> NodeOnPath.require(null));
    }

    @Test
    void nodeIsFoundInAnyFolderOfThePath(@TempDir Path first, @TempDir Path second) throws IOException {
        var node = Files.createFile(second.resolve("node"));
        if (!node.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + node + " executable");
        }

        assertThatCode(() -> NodeOnPath.require(first + File.pathSeparator + second))
                .doesNotThrowAnyException();
    }
}
