package dev.sluice.model.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a person may have meant who wrote a word that is not known. Stateless. */
public final class Suggestion {
    /** So many unknown words are looked at: a text of nothing else is no slip. */
    private static final int MAX_WRITTEN = 8;

    private Suggestion() {}

    /** {@code "; did you mean x?"} if one of the words is near one of those that were written, else nothing. */
    static String of(Collection<String> written, Collection<String> words) {
        return written.stream()
                .filter(word -> !words.contains(word))
                .limit(MAX_WRITTEN)
                .flatMap(word -> nearest(word, words).stream())
                .findFirst()
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    /** The word that is fewest edits away, if those are few for its length; of two as near, the first in the alphabet. */
    public static Optional<String> nearest(String written, Collection<String> words) {
        if (written.length() > RuleLimits.MAX_NAME) {
            return Optional.empty();
        }
        String lower = written.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> distance(lower, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, in which two neighbours that changed places are one edit. */
    private static int distance(String a, String b) {
        int[] twoAbove = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int swapped = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swapped, 1 + Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
                }
            }
            twoAbove = above;
            above = row;
        }
        return above[b.length()];
    }
}
