package dev.sluice.activators.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of people and places. Stateless. */
public final class Names {
    private static final Pattern PUNCTUATION = Pattern.compile("[\\p{IsPunctuation}\\p{S}]");
    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]");
    private static final Pattern BLANKS = Pattern.compile("\\p{IsWhite_Space}+");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Names() {}

    /** A first or last name: composed (NFC), in lower case, without punctuation, single blanks inside. */
    public static Optional<String> person(String text) {
        String bare = PUNCTUATION.matcher(lower(text)).replaceAll("");
        return some(BLANKS.matcher(bare).replaceAll(" ").strip());
    }

    /** A town or a state: composed (NFC), in lower case, letters and digits only. */
    public static Optional<String> place(String text) {
        return some(NO_LETTER_OR_DIGIT.matcher(lower(text)).replaceAll(""));
    }

    /** A postal code: in lower case, without blanks; of the United States without what follows the first five digits. */
    public static Optional<String> postalCode(String text, Optional<String> country) {
        String code = BLANKS.matcher(lower(text)).replaceAll("");
        boolean american = country.equals(Optional.of("US"));
        return some(american && code.matches("[0-9]{5}.+") ? code.substring(0, 5) : code);
    }

    /** A country's ISO 3166 alpha-2 code in upper case; empty if there is no such country. */
    public static Optional<String> country(String text) {
        return Optional.of(text.strip().toUpperCase(Locale.ROOT)).filter(COUNTRIES::contains);
    }

    private static String lower(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
