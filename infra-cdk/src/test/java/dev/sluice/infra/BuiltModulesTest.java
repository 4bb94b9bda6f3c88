package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How programs come to their functions:
 * - a module's jar and its libraries lie side by side, and nothing of an earlier build among them;
 * - a module that is not built is named, with the command that builds it.
 */
final class BuiltModulesTest {
    @TempDir
    private Path folder;

    @Test
    void aModulesJarAndItsLibrariesLieSideBySide() throws IOException {
        jar("some-fn/target/some-fn-0.1.0.jar");
        jar("some-fn/target/some-fn-0.1.0-tests.jar");
        jar("some-fn/target/lib/model-0.1.0.jar");
        jar("staging/some-fn/lib/of-an-earlier-build.jar");

        var staged = new BuiltModules(folder, folder.resolve("staging")).stage("some-fn");

        try (var files = Files.list(staged.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("some-fn-0.1.0.jar", "model-0.1.0.jar");
        }
    }

    @Test
    void aModuleThatIsNotBuiltIsNamedWithTheCommandThatBuildsIt() throws IOException {
        jar("some-fn/target/lib/model-0.1.0.jar");

        assertThatIllegalStateException()
                .isThrownBy(() -> new BuiltModules(folder, folder.resolve("staging")).stage("some-fn"))
                .withMessageStartingWith("some-fn is not built")
                .withMessageEndingWith("run ./sluice build");
    }

    private void jar(String path) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1});
    }
}
