package dev.sluice.classifier.redis;

import dev.sluice.classifier.Server;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a server says which one it is. Stateless. */
final class Mark {
    /** The key of a random word that whoever met it empty wrote into it; in a cluster each node has one, with a number. */
    static final String KEY = "sluice:epoch";

    private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w{1,64})\\r?$");

    private Mark() {}

    /** The server that replies so to {@code INFO server}, and with that word. */
    static Server server(String info, byte[] word) {
        Matcher line = RUN_ID.matcher(info);
        return new Server(line.find() ? line.group(1) : "unknown", new String(word, StandardCharsets.UTF_8));
    }
}
