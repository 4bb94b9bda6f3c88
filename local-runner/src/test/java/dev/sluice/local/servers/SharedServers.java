package dev.sluice.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test the servers, started once for the whole run; each test names its own streams and tables. */
public final class SharedServers implements ParameterResolver {
    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(LocalServers.class, key -> start(), LocalServers.class);
    }

    private static LocalServers start() {
        try {
            Path home = Path.of("").toAbsolutePath();
            Path run = Files.createTempDirectory(Files.createDirectories(home.resolve("target")), "servers");
            return LocalServers.start(FreePorts.forServers(), new LocalServers.Folders(home, run, run.resolve("s3")));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
