package dev.sluice.model.rules;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a text becomes where case is ignored: upper-cased, then lower-cased, by Unicode and no language's own rules, and
 * composed (NFC), so that {@code STRASSE} and {@code straße}, and both ways of writing {@code é}, are the same. Stateless.
 */
public final class CaseFold {
    private CaseFold() {}

    /** The folded form. */
    public static String fold(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }
}
