package dev.sluice.model.rules.sentence;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a sentence that only moves forward, and what was asked for at the furthest place that was looked at: that is
 * what was expected when nothing fits. Used for one sentence.
 */
final class Cursor {
    private final String sentence;
    private final List<Token> tokens;
    private final Set<String> expected = new LinkedHashSet<>();
    /** Those of {@link #expected} that are not typed as they stand. */
    private final Set<String> kinds = new HashSet<>();

    private int at;
    private int furthest;
    private int looks;

    Cursor(String sentence, List<Token> tokens) {
        this.sentence = sentence;
        this.tokens = tokens;
    }

    /** Moves behind the words of {@code phrase} if they stand here; else they count as expected. */
    boolean accept(String phrase) {
        return take(phrase, true);
    }

    /** As {@link #accept}, but where something else follows the first words, those count for nothing. */
    boolean acceptWhole(String phrase) {
        if (also(phrase)) {
            return true;
        }
        if (peek(1).kind() == Token.Kind.END) {
            return accept(phrase);
        }
        expect(at, phrase);
        return false;
    }

    /** As {@link #accept}, but nobody is told of this way to say it. */
    boolean also(String phrase) {
        return take(phrase, false);
    }

    /** As {@link #also}, of several. */
    boolean alsoOne(String... phrases) {
        for (String phrase : phrases) {
            if (also(phrase)) {
                return true;
            }
        }
        return false;
    }

    /** Moves behind the words of {@code phrase}, which must stand here. */
    void require(String phrase) {
        if (!accept(phrase)) {
            throw fail();
        }
    }

    /** The token here if it is of a kind; else that counts as expected, in the words of {@code what}. */
    Optional<Token> accept(Token.Kind kind, String what) {
        Token token = peek(0);
        if (token.kind() == kind) {
            at++;
            return Optional.of(token);
        }
        expectKind(what);
        return Optional.empty();
    }

    /** As {@link #accept(Token.Kind, String)} of what must stand here. */
    Token require(Token.Kind kind, String what) {
        return accept(kind, what).orElseThrow(this::fail);
    }

    /** The token so many places from here; beyond the last one, the last one. */
    Token peek(int ahead) {
        looks++;
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** Moves over one token. */
    void skip() {
        at++;
    }

    /** Where the next token begins. */
    int offset() {
        return peek(0).start();
    }

    void expectKind(String what) {
        expectKind(0, what);
    }

    /** Counts words to type as expected so many places from here. */
    void expectWords(int ahead, List<String> some) {
        some.forEach(word -> expect(at + ahead, word));
    }

    /** Counts a kind as expected so many places from here. */
    void expectKind(int ahead, String what) {
        expect(at + ahead, what);
        if (at + ahead == furthest) {
            kinds.add(what);
        }
    }

    /** The words and kinds expected at the furthest place. */
    private List<String> expected() {
        return List.copyOf(expected);
    }

    private Token furthest() {
        return tokens.get(Math.min(furthest, tokens.size() - 1));
    }

    /** How many tokens have been looked at: what parsing cost. */
    int looks() {
        return looks;
    }

    /** What is wrong at the furthest place. */
    SentenceException fail() {
        return fail(Optional.empty());
    }

    /** As {@link #fail()}, knowing what is meant. */
    SentenceException fail(Optional<String> meant) {
        Token found = furthest();
        if (found.kind() == Token.Kind.BROKEN) {
            return new SentenceException(Lexer.mistake(sentence, found.start()));
        }
        int index = Math.min(furthest, tokens.size() - 1);
        Optional<String> suggestion = meant.or(() ->
                Hints.of(tokens.subList(index, Math.min(tokens.size(), index + Hints.AHEAD)), expected, kinds));
        String shown = found.kind() == Token.Kind.END
                ? "the end of the sentence"
                : sentence.substring(found.start(), found.end());
        List<String> told = expected.stream()
                .map(what -> kinds.contains(what) ? what : "'" + what + "'")
                .toList();
        return new SentenceException(Mistake.at(sentence, found.start(), expected(), told, shown, suggestion));
    }

    /** A limit that the condition at {@code offset} breaks. */
    SentenceException limit(int offset, String problem) {
        return new SentenceException(Mistake.limit(sentence, offset, problem));
    }

    private boolean take(String phrase, boolean told) {
        int from = 0;
        int ahead = 0;
        while (from <= phrase.length()) {
            int space = phrase.indexOf(' ', from);
            int to = space < 0 ? phrase.length() : space;
            if (!peek(ahead).is(phrase, from, to)) {
                if (told) {
                    expect(at + ahead, phrase.substring(from));
                }
                return false;
            }
            ahead++;
            from = to + 1;
        }
        at += ahead;
        return true;
    }

    private void expect(int index, String what) {
        if (index > furthest) {
            furthest = index;
            expected.clear();
            kinds.clear();
        }
        if (index == furthest) {
            expected.add(what);
        }
    }
}
