package dev.sluice.model.rules.sql;

import com.google.re2j.Pattern;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.Times;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a session must be given, under these names, before it runs a {@link RuleStatement}: those that
 * only {@code model} can answer alike for every engine. Of NULL each is NULL. Thread-safe.
 */
public final class SqlFunctions {
    /** {@link #matches}: of a VARCHAR and a VARCHAR, a BOOLEAN. */
    public static final String MATCHES = "rule_matches";
    /** {@link #folded}: of a VARCHAR, a VARCHAR. */
    public static final String FOLDED = "rule_folded";
    /** {@link #instant}: of a VARCHAR, a BIGINT. */
    public static final String INSTANT = "rule_instant";
    /** {@link #day}: of a VARCHAR, an INTEGER. */
    public static final String DAY = "rule_day";

    /** More patterns than this are compiled again and again: enough for every rule of a set of common size. */
    private static final int MOST_PATTERNS = 2_000;

    /** Of the whole process: functions of engines are found by name and can be given nothing. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private SqlFunctions() {}

    /** Whether a pattern matches somewhere in a text: RE2/J's meaning, which is that of no engine's own operator. */
    public static @Nullable Boolean matches(@Nullable String text, @Nullable String pattern) {
        if (text == null || pattern == null) {
            return null;
        }
        Pattern compiled = PATTERNS.get(pattern);
        if (compiled == null) {
            compiled = Pattern.compile(pattern);
            if (PATTERNS.size() >= MOST_PATTERNS) {
                PATTERNS.clear();
            }
            PATTERNS.put(pattern, compiled);
        }
        return compiled.matcher(text).find();
    }

    /** A text with case ignored. */
    public static @Nullable String folded(@Nullable String text) {
        return text == null ? null : CaseFold.fold(text);
    }

    /** The milliseconds of a text that is an instant; NULL of others. */
    public static @Nullable Long instant(@Nullable String text) {
        return text == null
                ? null
                : Times.instant(text).map(instant -> instant.toEpochMilli()).orElse(null);
    }

    /** The epoch day of a text that is a date; NULL of others. */
    public static @Nullable Integer day(@Nullable String text) {
        return text == null
                ? null
                : Times.date(text).map(date -> (int) date.toEpochDay()).orElse(null);
    }
}
