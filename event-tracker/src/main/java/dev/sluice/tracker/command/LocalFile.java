package dev.sluice.tracker.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this machine. */
record LocalFile(Path path, long bytes, String identity) implements ImportFile {
    static LocalFile of(Path path) {
        try {
            long bytes = Files.size(path);
            return new LocalFile(
                    path, bytes, bytes + "@" + Files.getLastModifiedTime(path).toMillis());
        } catch (IOException e) {
            throw Failure.wrongUse(path + " cannot be read");
        }
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        FileChannel channel = FileChannel.open(path);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() {}
}
