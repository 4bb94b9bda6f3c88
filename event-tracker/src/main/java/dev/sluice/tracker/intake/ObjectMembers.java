package dev.sluice.tracker.intake;

import dev.sluice.tracker.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The members at the top of an object that was found good before; for the few cases in which they are asked for. */
final class ObjectMembers {
    private ObjectMembers() {}

    /** Takes one member, whose name and value stand from {@code from} to before {@code to}. */
    @FunctionalInterface
    interface Taker {
        void take(String name, int from, int to);
    }

    static void of(Slice object, Taker taker) {
        byte[] body = object.body();
        var tokens = new JsonTokens();
        tokens.over(body, object.end());
        int at = tokens.skip(object.start() + 1);
        while (body[at] != '}') {
            int afterName = tokens.string(at);
            String name = StringBytes.text(body, at + 1, afterName - 1, tokens.lastIsEscaped());
            int end = valueEnd(tokens, body, afterName);
            taker.take(name, at, end);
            at = body[end] == ',' ? tokens.skip(end + 1) : end;
        }
    }

    /** The value of the member of this name. */
    static Optional<Slice> find(Slice object, String name) {
        List<Slice> found = new ArrayList<>(1);
        of(object, (each, from, to) -> {
            if (each.equals(name)) {
                found.add(value(object.body(), from, to));
            }
        });
        return found.stream().findFirst();
    }

    /** The value of a member, whose name and value stand from {@code from} to before {@code to}. */
    static Slice value(byte[] body, int from, int to) {
        var tokens = new JsonTokens();
        tokens.over(body, to);
        int colon = tokens.skip(tokens.string(from));
        return new Slice(body, tokens.skip(colon + 1), to);
    }

    /** What a value says, if it is text. */
    static Optional<String> text(Slice value) {
        if (value.body()[value.start()] != '"') {
            return Optional.empty();
        }
        var tokens = new JsonTokens();
        tokens.over(value.body(), value.end());
        int after = tokens.string(value.start());
        return Optional.of(StringBytes.text(value.body(), value.start() + 1, after - 1, tokens.lastIsEscaped()));
    }

    /** The comma or the brace that ends the member. */
    private static int valueEnd(JsonTokens tokens, byte[] body, int from) {
        int open = 0;
        int at = from;
        while (true) {
            byte b = body[at];
            if (open == 0 && (b == ',' || b == '}')) {
                return at;
            }
            if (b == '{' || b == '[') {
                open++;
            } else if (b == '}' || b == ']') {
                open--;
            }
            at = b == '"' ? tokens.string(at) : at + 1;
        }
    }
}
