package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: the last few runs are kept, older ones go, one that still runs never does; a file system that refuses is
 * told in one line.
 */
final class RunFolderTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void oldFoldersGoAndTheLastFewStay() throws IOException {
        List<Path> old = oldFolders(8);

        Path now = RunFolder.create(root);

        assertThat(folders()).hasSize(5).contains(now).containsAll(old.subList(4, 8));
    }

    @Test
    void aRunThatIsStillGoingKeepsItsFolder() throws IOException {
        Path running = RunFolder.create(root);
        Files.writeString(running.resolve("house.log"), "up");
        Path older = Files.move(running, runs().resolve("20200101-000000-000"));
        oldFolders(8);

        RunFolder.create(root);

        assertThat(older.resolve("house.log")).exists();
        assertThat(folders()).hasSize(6);
    }

    @Test
    void aFileWhereAFolderMustBeIsToldInOneLine() throws IOException {
        Files.writeString(root.resolve("local-runner"), "no folder");

        assertThatThrownBy(() -> RunFolder.create(root))
                .isInstanceOf(ServerFailure.class)
                .hasMessageStartingWith("no folder for this run can be made in " + runs())
                .message()
                .hasLineCount(1);
    }

    private List<Path> oldFolders(int count) throws IOException {
        List<Path> made = IntStream.range(1, count + 1)
                .mapToObj(i -> runs().resolve("20200101-00000%d-000".formatted(i)))
                .toList();
        for (Path folder : made) {
            Files.createDirectories(folder.resolve("s3/lake"));
            Files.writeString(folder.resolve("s3/lake/event"), "{}");
        }
        return made;
    }

    private Path runs() {
        return root.resolve("local-runner/target/runs");
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(runs())) {
            return all.toList();
        }
    }
}
