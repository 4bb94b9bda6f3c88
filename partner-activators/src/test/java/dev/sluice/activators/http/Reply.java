package dev.sluice.activators.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a {@link ScriptedServer} answers one request. */
@FunctionalInterface
public interface Reply {
    /** Writes to the connection. @return whether the connection may serve another request */
    boolean to(OutputStream out) throws IOException;

    /** A status without a body; headers as name and value in turn. */
    static Reply status(int status, String... headers) {
        return body(status, new byte[0], headers);
    }

    /** A JSON body. */
    static Reply json(int status, String json, String... headers) {
        return body(status, json.getBytes(StandardCharsets.UTF_8), with(headers, "content-type", "application/json"));
    }

    /** A page for people, as a gateway in front of a partner sends it. */
    static Reply html(int status, String text) {
        return body(status, text.getBytes(StandardCharsets.UTF_8), "content-type", "text/html");
    }

    /** Any body. */
    static Reply body(int status, byte[] body, String... headers) {
        return out -> {
            String length = status == 204 || status == 304 ? "" : "content-length: " + body.length + "\r\n";
            out.write(head(status, length, headers));
            out.write(body);
            out.flush();
            return true;
        };
    }

    /** A body that never ends, as fast as it is read. */
    static Reply endless(int status) {
        return out -> {
            out.write(head(status, "connection: close\r\n"));
            byte[] block = new byte[8192];
            while (true) {
                out.write(block);
            }
        };
    }

    /** A head that never ends: more headers than anyone takes. */
    static Reply endlessHead() {
        return out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] line = "x-more: and more\r\n".getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(line);
            }
        };
    }

    /** These bytes, whatever they are, and then the end. */
    static Reply raw(String bytes) {
        return out -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return false;
        };
    }

    /** Hangs up without a word. */
    static Reply hangUp() {
        return out -> false;
    }

    /** The first lines of an answer; headers as name and value in turn. */
    static byte[] head(int status, String more, String... headers) {
        var text = new StringBuilder("HTTP/1.1 " + status + " Said\r\n").append(more);
        for (int i = 0; i < headers.length; i += 2) {
            text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(name);
        all.add(value);
        return all.toArray(new String[0]);
    }
}
