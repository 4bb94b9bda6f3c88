package dev.sluice.classifier.web;

import dev.sluice.classifier.ReadGate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What the Authorization header says: a key or token as {@code Bearer}, or a key as the user name of {@code Basic}, as SDKs
 * send write keys.
 *
 * @param text empty if there is none
 */
record Credential(String text) {
    private static final Pattern HEADER = Pattern.compile("(?i)(bearer|basic) +([^ ]{1,4096})");

    static Credential of(ServerRequest request) {
        String header = request.headers().firstHeader("Authorization");
        Matcher parts = HEADER.matcher(header == null ? "" : header);
        if (!parts.matches()) {
            return new Credential("");
        }
        return new Credential(parts.group(1).equalsIgnoreCase("bearer") ? parts.group(2) : user(parts.group(2)));
    }

    private static String user(String basic) {
        try {
            String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The reply, for a page of any origin to read if it sent a token. A key has no business in a page. */
    ServerResponse open(ServerResponse reply) {
        return new OpenReply(reply, ReadGate.looksLikeToken(text));
    }

    /** Not shown to whoever logs it. */
    @Override
    public String toString() {
        return "Credential";
    }
}
