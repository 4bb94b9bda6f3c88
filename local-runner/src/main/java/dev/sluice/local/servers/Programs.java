package dev.sluice.local.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds programs as a shell would. */
public final class Programs {
    private Programs() {}

    /** The first program of that name on the PATH. */
    public static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The {@code java} that runs this JVM, for children that must run on the same one. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
