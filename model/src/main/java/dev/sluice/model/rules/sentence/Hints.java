package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.Suggestion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody may mean who wrote what was not expected. Stateless. */
final class Hints {
    /** How many tokens are looked at. */
    static final int AHEAD = 4;

    private static final Map<String, String> SYMBOLS = Map.of(
            "=", "is",
            "==", "is",
            ">", "is more than",
            ">=", "is at least",
            "<", "is less than",
            "<=", "is at most",
            "&&", "and",
            "&", "and",
            "||", "or",
            "!", "not");
    /** Words for which this language has another. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("above", "more than"),
            Map.entry("atleast", "at least"),
            Map.entry("below", "less than"),
            Map.entry("from", "of"),
            Map.entry("in", "within"),
            Map.entry("include", "has"),
            Map.entry("includes", "has"),
            Map.entry("over", "more than"),
            Map.entry("since", "from"),
            Map.entry("to", "and"),
            Map.entry("under", "less than"),
            Map.entry("within", "in the last"));

    private static final Set<String> VERBS = Set.of("contains", "exists", "has", "is", "matches", "starts");
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    /** Words that are hardly a name. */
    private static final Set<String> JOINING = Set.of(
            "a", "an", "and", "at", "ever", "from", "in", "is", "not", "on", "or", "over", "the", "then", "this",
            "where", "within");

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9})([A-Za-z]{1,20})");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");

    private Hints() {}

    /**
     * What may be meant in place of the first of {@code found}.
     *
     * @param found up to {@value #AHEAD} tokens
     * @param expected all that was
     * @param kinds those that are not typed as they stand
     */
    static Optional<String> of(List<Token> found, Set<String> expected, Set<String> kinds) {
        Token first = found.get(0);
        Set<String> words = new LinkedHashSet<>(expected);
        words.removeAll(kinds);
        Optional<String> meant = switch (first.kind()) {
            case WORD ->
                ofWord(first, words, kinds).or(() -> trait(found, words)).or(() -> quoted(found, kinds));
            case FIGURE -> ofFigure(first, words, kinds);
            case SIGN -> ofSign(first, words);
            case TEXT -> trait(found, words).or(() -> ofText(first, words, kinds));
            case END, BROKEN -> Optional.empty();
        };
        return meant.filter(word -> first.kind() == Token.Kind.TEXT || !word.equalsIgnoreCase(first.text()));
    }

    static Optional<String> zone(Token found) {
        return found.kind() == Token.Kind.WORD
                ? Suggestion.nearest(found.text(), RuleLimits.zones())
                : Optional.empty();
    }

    /** The instant that a date may mean. */
    static Optional<String> instant(Token found) {
        return DATE.matcher(found.text()).matches() ? Optional.of(found.text() + "T00:00:00Z") : Optional.empty();
    }

    private static Optional<String> ofWord(Token found, Set<String> words, Set<String> kinds) {
        String lower = found.text().toLowerCase(Locale.ROOT);
        if (kinds.contains(DurationParser.DURATION) && (lower.equals("month") || lower.equals("year"))) {
            return Optional.of(lower.equals("month") ? "30 days" : "365 days");
        }
        int number = NUMBERS.indexOf(lower);
        if (number >= 0 && kinds.stream().anyMatch(kind -> kind.contains("number") || kind.startsWith("a duration"))) {
            return Optional.of(String.valueOf(number));
        }
        if ((lower.equals("once") || lower.equals("twice")) && words.contains("at least")) {
            return Optional.of("at least " + found.text());
        }
        List<String> firsts = words.stream().map(Hints::firstWord).distinct().toList();
        boolean other = !lower.equals("in") || words.size() == 1;
        return Optional.ofNullable(OTHERS.get(lower))
                .filter(meant -> other && words.contains(meant))
                .or(() -> words.stream()
                        .filter(phrase -> phrase.contains(" " + lower + " ") || phrase.endsWith(" " + lower))
                        .findFirst())
                .or(() -> Suggestion.nearest(found.text(), firsts));
    }

    /** A name of which something is asked, where a condition begins. */
    private static Optional<String> trait(List<Token> found, Set<String> words) {
        String name = found.get(0).text();
        boolean asked = found.size() > 1 && VERBS.stream().anyMatch(found.get(1)::is);
        return words.contains("the trait") && asked && name.length() <= RuleLimits.MAX_NAME
                ? Optional.of("the trait " + Quotes.quote(name))
                : Optional.empty();
    }

    /** Names that stand without their quotes: this word, and those behind it that begin with a capital. */
    private static Optional<String> quoted(List<Token> found, Set<String> kinds) {
        String first = found.get(0).text().toLowerCase(Locale.ROOT);
        if (JOINING.contains(first) || kinds.stream().noneMatch(kind -> kind.contains("in quotes"))) {
            return Optional.empty();
        }
        var name = new StringBuilder(found.get(0).text());
        for (Token next : found.subList(1, found.size())) {
            if (next.kind() != Token.Kind.WORD
                    || !Character.isUpperCase(next.text().codePointAt(0))) {
                break;
            }
            name.append(' ').append(next.text());
        }
        return name.length() > RuleLimits.MAX_NAME ? Optional.empty() : Optional.of(Quotes.quote(name.toString()));
    }

    private static Optional<String> ofFigure(Token found, Set<String> words, Set<String> kinds) {
        Matcher unit = NUMBER_AND_UNIT.matcher(found.text());
        if (unit.matches()) {
            return Optional.of(unit.group(1) + " " + unit.group(2));
        }
        Matcher date = DATE.matcher(found.text());
        if (date.matches() && kinds.contains(TermParser.DATE)) {
            String padded = date.group(1) + "-" + twoDigits(date.group(2)) + "-" + twoDigits(date.group(3));
            return padded.equals(found.text()) ? Optional.empty() : Optional.of(padded);
        }
        if (words.equals(Set.of(","))) {
            return Optional.of(", " + found.text());
        }
        if (kinds.equals(Set.of(TermParser.TEXT))) {
            return Optional.of(Quotes.quote(found.text()));
        }
        boolean whole = found.text().chars().allMatch(c -> c >= '0' && c <= '9');
        return whole && words.contains("at least") && !kinds.contains(TermParser.VALUE)
                ? Optional.of("at least " + found.text())
                : Optional.empty();
    }

    private static String twoDigits(String number) {
        return number.length() == 1 ? "0" + number : number;
    }

    private static Optional<String> ofSign(Token found, Set<String> words) {
        if (found.text().equals("'")) {
            return Optional.of("\"");
        }
        String meant = SYMBOLS.get(found.text());
        if (meant == null) {
            return Optional.empty();
        }
        String afterIs = meant.startsWith("is ") ? meant.substring(3) : meant;
        return words.contains(meant) || words.contains("is")
                ? Optional.of(meant)
                : words.contains(afterIs) ? Optional.of(afterIs) : Optional.empty();
    }

    /** A number that stands in quotes, or a name without the word for what it names. */
    private static Optional<String> ofText(Token found, Set<String> words, Set<String> kinds) {
        if (words.contains("the page") && kinds.isEmpty() && found.text().length() <= RuleLimits.MAX_NAME) {
            return Optional.of("the page " + Quotes.quote(found.text()));
        }
        boolean number = kinds.stream().anyMatch(kind -> kind.startsWith("a number") || kind.equals(TermParser.WHOLE));
        boolean digits = !found.text().isEmpty()
                && found.text().length() <= 27
                && found.text().chars().allMatch(c -> c >= '0' && c <= '9');
        return number && digits ? Optional.of(found.text()) : Optional.empty();
    }

    private static String firstWord(String phrase) {
        int space = phrase.indexOf(' ');
        return space < 0 ? phrase : phrase.substring(0, space);
    }
}
