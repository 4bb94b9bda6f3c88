package dev.sluice.classifier.web;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the lines of a request within stated bounds. Empty lines are passed over and not counted.
 *
 * @param maxBody bytes as sent
 * @param maxUnpacked bytes of the lines
 * @param maxLines lines
 */
public record BodyReader(int maxBody, int maxUnpacked, int maxLines) {

    /** A body beyond a bound. The message names it. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /**
     * Reads them all.
     *
     * @throws MalformedException if a compressed body is not gzip, or unpacks to more than the bound
     */
    List<byte[]> read(InputStream body, boolean gzip) throws IOException, TooLargeException {
        byte[] bytes = body.readNBytes(maxBody + 1);
        if (bytes.length > maxBody) {
            throw new TooLargeException("a body may have " + maxBody + " bytes");
        }
        List<byte[]> lines = gzip ? LineBatch.decode(bytes, maxUnpacked) : lines(bytes);
        if (lines.size() > maxLines) {
            throw new TooLargeException("a body may have " + maxLines + " lines, has " + lines.size());
        }
        return lines;
    }

    private static List<byte[]> lines(byte[] all) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == '\n') {
                if (i > start) {
                    lines.add(Arrays.copyOfRange(all, start, i));
                }
                start = i + 1;
            }
        }
        return lines;
    }
}
