package dev.sluice.model.rules;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a text becomes where case is ignored: upper-cased, lower-cased and upper-cased again, by Unicode and no language's
 * own rules, and composed (NFC), so that {@code STRASSE}, {@code straße} and {@code STRAẞE}, both small sigmas, and both
 * ways of writing {@code é}, are the same. Once would leave the capital sharp s, and the case of a sigma depends on its
 * neighbours in lower case only. Stateless.
 */
public final class CaseFold {
    private CaseFold() {}

    /** The folded form. */
    public static String fold(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String folded =
                composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** The folded form if case is ignored, and the text as it is if not. */
    public static String fold(String text, boolean ignoreCase) {
        return ignoreCase ? fold(text) : text;
    }
}
