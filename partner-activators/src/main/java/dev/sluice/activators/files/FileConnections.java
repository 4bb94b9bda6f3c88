package dev.sluice.activators.files;

import dev.sluice.activators.ConnectionBundles;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.bundle.InvalidBundleException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One account's connections in one file, as they would be published; whoever changes it raises its number. Thread-safe. */
public final class FileConnections implements ConnectionBundles {
    private final Path file;

    public FileConnections(Path file) {
        this.file = file;
    }

    @Override
    public Map<String, List<Integer>> newest(int most) throws IOException {
        try {
            Connections connections = ConnectionsJson.read(bytes());
            return Map.of(connections.account(), List.of(connections.number()));
        } catch (MalformedException | InvalidBundleException e) {
            throw new IOException("the file of connections: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] read(String account, int number) throws IOException {
        return bytes();
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Connections.MAX_BUNDLE + 1);
        }
    }
}
