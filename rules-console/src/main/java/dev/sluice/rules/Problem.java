package dev.sluice.rules;

import dev.sluice.model.rules.InvalidRuleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a rule set, and where.
 *
 * @param path such as {@code segments[2].when.allOf[0]}; empty if it is about the whole
 * @param message at most {@value #MAX_MESSAGE} characters
 */
public record Problem(String path, String message) {
    static final int MAX_MESSAGE = 300;

    /** The model's form, {@code path: message}. A path has no other characters, so nothing typed is taken for one. */
    private static final Pattern PLACED = Pattern.compile(
            "((?:segments(?:\\[[0-9]{1,7}])?|share)(?:\\.[A-Za-z]{1,20}(?:\\[[0-9]{1,7}])?){0,40}): (.*)",
            Pattern.DOTALL);

    /** What a message shows of a text: nothing typed is echoed that could be taken for a program or a page. */
    public static String shown(String typed) {
        return typed.matches("[A-Za-z0-9 _-]{1,64}") ? typed : "(of " + typed.length() + " characters)";
    }

    /** As the model refused it. */
    public static Problem of(InvalidRuleException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Matcher placed = PLACED.matcher(message);
        return placed.matches()
                ? new Problem(placed.group(1), shortened(placed.group(2)))
                : new Problem("", shortened(message));
    }

    /** The same of the segment at this index, if it was read as the only one of its set. */
    Problem ofSegment(int index) {
        String only = "segments[0]";
        String rest = path.startsWith(only) ? path.substring(only.length()) : "";
        return new Problem("segments[" + index + "]" + rest, message);
    }

    private static String shortened(String message) {
        if (message.length() <= MAX_MESSAGE) {
            return message;
        }
        // Not between the halves of a surrogate pair.
        int end = MAX_MESSAGE - 1 - (Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 2)) ? 1 : 0);
        return message.substring(0, end) + "…";
    }
}
