package dev.sluice.tracker.intake;

import dev.sluice.tracker.Slice;

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
