package dev.sluice.model.plan;

import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Forms of texts, as JSON Schema names them. Each is decided in time linear in the text. */
public enum TextFormat {
    DATE_TIME("date-time", TextFormat::isDateTime),
    DATE("date", TextFormat::isDate),
    EMAIL("email", form("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*")),
    UUID("uuid", form("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")),
    URI("uri", TextFormat::isUri),
    IPV4("ipv4", form("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.|$)){4}"));

    static final Map<String, TextFormat> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(TextFormat::word, format -> format));

    /** Longer is none of them. */
    private static final int MAX_LENGTH = 2_048;

    private final String word;
    private final Predicate<String> test;

    TextFormat(String word, Predicate<String> test) {
        this.word = word;
        this.test = test;
    }

    /** As it is written in a plan. */
    public String word() {
        return word;
    }

    /** Whether a text has this form. */
    public boolean matches(String text) {
        return text.length() <= MAX_LENGTH && test.test(text);
    }

    private static Predicate<String> form(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).matches();
    }

    private static boolean isDateTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
