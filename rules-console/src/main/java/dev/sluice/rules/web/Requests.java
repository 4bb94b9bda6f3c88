package dev.sluice.rules.web;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.rules.Remarks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.servlet.function.ServerRequest;

/** The parts of a request, each in its checked form or refused with {@link MalformedException}. Stateless. */
final class Requests {
    /** The form that the contract with all programs states. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    /** Of a rule set: nine digits. */
    static final int MAX_NUMBER = 999_999_999;

    private static final int MAX_PAGE = 100;
    private static final int USUAL_PAGE = 20;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern DRAFT = Pattern.compile("[a-z0-9-]{1,64}");
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
        return number(request, "number");
    }

    static int number(ServerRequest request, String variable) {
        String number = request.pathVariable(variable);
        if (!NUMBER.matcher(number).matches()) {
            throw new MalformedException("a rule set is named by its number, 1 to 999999999, or by current");
        }
        return Integer.parseInt(number);
    }

    static String draft(ServerRequest request) {
        String id = request.pathVariable("id");
        if (!DRAFT.matcher(id).matches()) {
            throw new MalformedException("a draft's id must match " + DRAFT.pattern());
        }
        return id;
    }

    /** Only rule sets below this number are listed. */
    static int before(ServerRequest request) {
        return query(request, "before", MAX_NUMBER, MAX_NUMBER);
    }

    /** How many are listed at most. */
    static int limit(ServerRequest request) {
        return query(request, "limit", USUAL_PAGE, MAX_PAGE);
    }

    private static int query(ServerRequest request, String name, int otherwise, int max) {
        String text = request.param(name).orElse(Integer.toString(otherwise));
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > max) {
            throw new MalformedException(name + " must be 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    /** The number that must be the current one, or the revision of a draft, if the client says so. */
    static OptionalInt expected(ServerRequest request) {
        String header = request.headers().firstHeader("If-Match");
        if (header == null) {
            return OptionalInt.empty();
        }
        Matcher etag = ETAG.matcher(header);
        if (!etag.matches()) {
            throw new MalformedException(
                    "If-Match must be the ETag of what was read: a number in quotes; \"0\" for no rule set");
        }
        return OptionalInt.of(Integer.parseInt(etag.group(1)));
    }

    /** A body that has remarks only; nothing at all is none. */
    static Remarks remarks(byte[] body) {
        Value.Fields json = body.length == 0 ? Value.Fields.NONE : JsonText.readObject(body);
        if (!Remarks.KEYS.containsAll(json.fields().keySet())) {
            throw new MalformedException("expected no other keys than " + new TreeSet<>(Remarks.KEYS));
        }
        return Remarks.read(json);
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
