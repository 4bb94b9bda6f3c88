package dev.sluice.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awscdk.services.lambda.Code;

/**
 * The modules as Maven has packaged them: {@code target/<module>-<version>.jar} and the libraries in {@code target/lib},
 * copied side by side. It must run alone.
 */
final class BuiltModules implements FunctionCode {
    private final Path modules;
    private final Path staging;

    /**
     * @param modules the folder that holds the modules' folders
     * @param staging a folder for the copies, which are made anew
     */
    BuiltModules(Path modules, Path staging) {
        this.modules = modules;
        this.staging = staging;
    }

    @Override
    public Code of(String module) {
        return Code.fromAsset(stage(module).toString());
    }

    /** Returns the folder that is to be deployed. */
    Path stage(String module) {
        var target = modules.resolve(module).resolve("target");
        var function = staging.resolve(module);
        try {
            var jars = new ArrayList<>(files(target.resolve("lib"), Pattern.compile(".*\\.jar")));
            var own = files(target, Pattern.compile(Pattern.quote(module) + "-[0-9.]+(-SNAPSHOT)?\\.jar"));
            if (own.size() != 1 || jars.isEmpty()) {
                throw new IllegalStateException(module + " is not built (" + own.size() + " jars in " + target + ", "
                        + jars.size() + " libraries): run ./sluice build");
            }
            jars.addAll(own);
            var lib = Files.createDirectories(function.resolve("lib"));
            for (var stale : files(lib, Pattern.compile(".*"))) {
                Files.delete(stale);
            }
            for (var jar : jars) {
                Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return function;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, Pattern name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            path -> name.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }
}
