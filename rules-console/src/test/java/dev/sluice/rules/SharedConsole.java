package dev.sluice.rules;

import dev.sluice.rules.aws.LocalS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole program with an S3 server, started once for all tests that disturb neither, and ended with the last. Each test
 * has accounts of its own. An account may have three drafts.
 */
public final class SharedConsole implements BeforeAllCallback {
    @SuppressWarnings("NullAway.Init") // Set before the first test.
    public static ConsoleUnderTest console;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static Running running;

    /** What ends with the last test. */
    private record Running(Path folder, LocalS3 s3, ConsoleUnderTest console) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            console.close();
            s3.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(SharedConsole.class, key -> start(), Running.class);
        console = running.console();
    }

    private static Running start() {
        try {
            Path folder = Files.createTempDirectory("console-under-test");
            var s3 = new LocalS3(folder.resolve("s3"), 0);
            return new Running(
                    folder, s3, ConsoleUnderTest.start(s3.endpoint(), folder, "--sluice.rules.max-drafts=3"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The S3 server. */
    public static LocalS3 s3() {
        return running.s3();
    }

    /** The folder that is the bucket. */
    public static Path bucket() {
        return running.folder().resolve("s3").resolve(LocalS3.BUCKET);
    }
}
