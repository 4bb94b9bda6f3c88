package dev.sluice.rules.web;

import dev.sluice.model.MalformedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;

/** The parts of a request, each in its checked form or refused with {@link MalformedException}. Stateless. */
final class Requests {
    /** The form that the contract with all programs states. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern ETAG = Pattern.compile("\"(0|[1-9][0-9]{0,8})\"");

    private Requests() {}

    static String account(ServerRequest request) {
        String account = request.pathVariable("account");
        if (!ACCOUNT.matcher(account).matches()) {
            throw new MalformedException("account must match " + ACCOUNT.pattern());
        }
        return account;
    }

    static int number(ServerRequest request) {
        String number = request.pathVariable("number");
        if (!NUMBER.matcher(number).matches()) {
            throw new MalformedException("a rule set is named by its number, 1 to 999999999, or by current");
        }
        return Integer.parseInt(number);
    }

    /** The number that must be the current one, if the client says so. */
    static OptionalInt expected(ServerRequest request) {
        String header = request.headers().firstHeader("If-Match");
        if (header == null) {
            return OptionalInt.empty();
        }
        Matcher etag = ETAG.matcher(header);
        if (!etag.matches()) {
            throw new MalformedException(
                    "If-Match must be the number of the current rule set in quotes, \"0\" for none");
        }
        return OptionalInt.of(Integer.parseInt(etag.group(1)));
    }

    /** @throws TooLargeException if it has more bytes, announced or sent */
    static byte[] body(HttpServletRequest request, int maxBody) throws IOException {
        if (request.getContentLengthLong() > maxBody) {
            throw new TooLargeException(maxBody);
        }
        byte[] body = request.getInputStream().readNBytes(maxBody + 1);
        if (body.length > maxBody) {
            throw new TooLargeException(maxBody);
        }
        return body;
    }
}
