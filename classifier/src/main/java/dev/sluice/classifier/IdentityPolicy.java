package dev.sluice.classifier;

import dev.sluice.model.Identifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which ids make two names one person in an account, and what keeps one bad id from making thousands one. Immutable.
 *
 * @param limits kinds of ids that are looked at, and how many names of the kind may go by one person directly
 * @param blocked values that are nobody's, folded as {@link #isBlocked} does
 */
public record IdentityPolicy(Map<String, Integer> limits, Set<String> blocked) {
    /** What programs send when they have no id, and ids that many devices share. */
    public static final Set<String> NOBODYS = Set.of(
            "",
            "0",
            "-1",
            "null",
            "(null)",
            "nil",
            "none",
            "undefined",
            "nan",
            "unknown",
            "n/a",
            "anonymous",
            "guest",
            "test",
            "true",
            "false",
            "[object object]",
            "00000000000000000000000000000000",
            "00000000-0000-0000-0000-000000000000");

    /** Enough for years of browsers and phones. */
    public static final int MAX_ANONYMOUS_IDS = 20;

    /** User ids that became others by {@code alias}. */
    public static final int MAX_USER_IDS = 10;

    /** The most that a limit can be set to: all names of a person are one item of 400 KB at most. */
    public static final int MAX_LIMIT = 200;

    private static final Pattern ONLY_ZEROS = Pattern.compile("[0-]+");

    /** Anonymous ids and user ids, and no other. */
    public static final IdentityPolicy USUAL = IdentityPolicy.of(Map.of(), List.of());

    public IdentityPolicy {
        limits = Map.copyOf(limits);
        blocked = Set.copyOf(blocked);
    }

    /**
     * The usual one and more.
     *
     * @param more limits of other kinds, such as {@value Identifier#DEVICE}, or other limits of the usual kinds
     * @param alsoBlocked values that are nobody's, besides {@link #NOBODYS}
     */
    public static IdentityPolicy of(Map<String, Integer> more, List<String> alsoBlocked) {
        Map<String, Integer> limits =
                new TreeMap<>(Map.of(Identifier.ANONYMOUS, MAX_ANONYMOUS_IDS, Identifier.USER, MAX_USER_IDS));
        limits.putAll(more);
        limits.values().removeIf(limit -> limit == 0);
        Set<String> blocked = new HashSet<>(NOBODYS);
        alsoBlocked.forEach(value -> blocked.add(folded(value)));
        return new IdentityPolicy(limits, blocked);
    }

    /** Whether ids of this kind are looked at. */
    boolean takes(String kind) {
        return limits.containsKey(kind);
    }

    int limit(String kind) {
        return limits.getOrDefault(kind, 0);
    }

    /** Whether the value is nobody's, however it is spelt, with spaces around it or not. */
    boolean isBlocked(String value) {
        String folded = folded(value);
        return blocked.contains(folded) || ONLY_ZEROS.matcher(folded).matches();
    }

    private static String folded(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
