package dev.sluice.activators.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** E-mail addresses. Stateless. */
public final class Emails {
    private static final Pattern ADDRESS =
            Pattern.compile("[^@\\p{IsWhite_Space}]+@[^@\\p{IsWhite_Space}]+\\.[^@\\p{IsWhite_Space}.]+");
    private static final Pattern BLANKS = Pattern.compile("[\\p{IsWhite_Space}\\u200B\\uFEFF]+");
    private static final Pattern BLANKS_AROUND =
            Pattern.compile("\\A[\\p{IsWhite_Space}\\u200B\\uFEFF]+|[\\p{IsWhite_Space}\\u200B\\uFEFF]+\\z");
    private static final int MAX_LENGTH = 320;
    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    private Emails() {}

    /** Without blanks around it, in lower case; empty if it is no address. */
    public static Optional<String> lowered(String text) {
        return address(BLANKS_AROUND.matcher(text).replaceAll(""));
    }

    /**
     * Without any blanks, in lower case, and of Gmail's addresses without the dots and without what follows a plus, because
     * Gmail delivers all of them to the same person; empty if it is no address.
     */
    public static Optional<String> googled(String text) {
        return address(BLANKS.matcher(text).replaceAll(""))
                .map(Emails::withoutWhatGmailIgnores)
                .filter(address -> !address.startsWith("@"));
    }

    private static Optional<String> address(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.length() <= MAX_LENGTH && ADDRESS.matcher(lower).matches() ? Optional.of(lower) : Optional.empty();
    }

    private static String withoutWhatGmailIgnores(String address) {
        int at = address.indexOf('@');
        if (!GMAIL.contains(address.substring(at + 1))) {
            return address;
        }
        String local = address.substring(0, at);
        int plus = local.indexOf('+');
        return (plus < 0 ? local : local.substring(0, plus)).replace(".", "") + address.substring(at);
    }
}
