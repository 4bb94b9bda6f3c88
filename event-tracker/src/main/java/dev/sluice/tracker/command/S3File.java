package dev.sluice.tracker.command;

import dev.sluice.tracker.aws.S3Object;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object of S3, named {@code s3://bucket/key}. */
record S3File(String name, S3Object object) implements ImportFile {
    private static final Pattern NAME = Pattern.compile("s3://([^/]+)/(.+)");

    static boolean isOne(String name) {
        return name.startsWith("s3://");
    }

    static S3File of(String name, boolean pathStyle) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw Failure.wrongUse("an object is named s3://bucket/key, not " + name);
        }
        try {
            return new S3File(name, S3Object.open(parts.group(1), parts.group(2), pathStyle));
        } catch (IOException e) {
            throw Failure.unreachable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String identity() {
        return object.eTag();
    }

    @Override
    public long bytes() {
        return object.size();
    }

    @Override
    public InputStream open(long offset) {
        return object.from(offset);
    }

    @Override
    public void close() {
        object.close();
    }
}
