package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.bulk.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file of rejected rows, one JSON object a line. It holds what the rows hold, so only its owner may read it. */
final class RejectedRows implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private boolean unsaved;

    private RejectedRows(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @param length what is there already and counts */
    static RejectedRows open(Path file, long length) {
        try {
            boolean posix = file.toAbsolutePath()
                    .getFileSystem()
                    .supportedFileAttributeViews()
                    .contains("posix");
            FileAttribute<?>[] ownersOnly = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            if (length == 0) {
                Files.deleteIfExists(file);
            }
            FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownersOnly);
            if (channel.size() < length) {
                channel.close();
                throw Failure.wrongUse(file + " has lost rows that were rejected before the interruption");
            }
            channel.truncate(length);
            channel.position(length);
            return new RejectedRows(file, channel);
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be written");
        }
    }

    void add(Row.Source source, Problem problem) {
        byte[] json = JsonText.writeObject(out -> {
            out.writeNumberProperty("line", source.line());
            out.writeStringProperty("code", problem.code());
            out.writeStringProperty("message", problem.message());
            out.writeStringProperty("row", new String(source.bytes(), StandardCharsets.UTF_8));
        });
        ByteBuffer line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            unsaved = true;
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be written");
        }
    }

    /** The length, once it is on the disk. */
    long saved() {
        try {
            if (unsaved) {
                channel.force(false);
                unsaved = false;
            }
            return channel.position();
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be written");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be written");
        }
    }
}
