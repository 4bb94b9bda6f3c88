package dev.sluice.activators.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;

/** Telephone numbers. Thread-safe. */
public final class Phones {
    /** What stands for a country that is not known. */
    private static final String NOWHERE = "ZZ";

    private static final int MAX_LENGTH = 64;

    private Phones() {}

    /**
     * A number in E.164: a plus, the country's code, digits. Empty if it is none, or if it names no country and {@code
     * country} is not known: guessing would name another person.
     *
     * @param country ISO 3166 alpha-2, in which a number without a country's code is dialled
     */
    public static Optional<String> e164(String text, Optional<String> country) {
        String bare = text.strip();
        if (bare.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        // The prefix that most countries dial before another country's code, in digits of any script.
        String international = Character.digit(bare.isEmpty() ? ' ' : bare.charAt(0), 10) == 0
                        && bare.length() > 1
                        && Character.digit(bare.charAt(1), 10) == 0
                ? "+" + bare.substring(2)
                : bare;
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(
                    international,
                    country.map(c -> c.strip().toUpperCase(Locale.ROOT)).orElse(NOWHERE));
            return numbers.isPossibleNumber(number)
                    ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
