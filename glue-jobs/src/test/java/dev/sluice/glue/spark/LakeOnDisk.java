package dev.sluice.glue.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A lake in a folder, written as Firehose writes it: files by the hour of processing, each of gzip members end to end. */
record LakeOnDisk(Path root) {

    /** Writes one file; each list of lines becomes a gzip member of its own, as each Kinesis record is. */
    @SafeVarargs
    final Path file(String hourOfProcessing, String name, List<String>... members) throws IOException {
        var file = root.resolve("events").resolve(hourOfProcessing).resolve(name + ".ndjson.gz");
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            for (var lines : members) {
                writeMember(lines, out);
            }
        }
        return file;
    }

    private static void writeMember(List<String> lines, OutputStream out) throws IOException {
        var member = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(member)) {
            for (var line : lines) {
                gzip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        member.writeTo(out);
    }
}
