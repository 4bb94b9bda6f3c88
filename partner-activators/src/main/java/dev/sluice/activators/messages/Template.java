package dev.sluice.activators.messages;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.Writer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One part of a message with places for values, in Mustache without partials, blocks, other delimiters and code: a tag names
 * a value and nothing else. Immutable.
 *
 * <p>Values are escaped where they are turned into text, not where a tag asks for it, so that no way of writing a tag gets
 * around it. Tags and their nesting are bounded before the library sees the text, and the text that comes out is bounded
 * while it is written: lists within lists could otherwise run for ever.
 */
final class Template {
    static final int MAX_LENGTH = 200_000;
    private static final int MAX_TAGS = 500;
    private static final int MAX_NESTING = 3;
    /** What no part needs: partials, parents, blocks, other delimiters, lambdas' pragmas. */
    private static final Pattern REFUSED = Pattern.compile("\\{\\{\\s*[><$=%]");

    private static final Pattern UNCLOSED = Pattern.compile("\\{\\{(?![^}]*}})");
    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([#^/]?)");

    private final com.samskivert.mustache.Template compiled;
    private final Set<String> names;

    private Template(com.samskivert.mustache.Template compiled, Set<String> names) {
        this.compiled = compiled;
        this.names = names;
    }

    /** How values are escaped. */
    enum Kind {
        TEXT,
        HTML
    }

    /** What came of filling a template. */
    sealed interface Filled {
        record Text(String text) implements Filled {}

        /** It cannot be filled; the reason names the value, not what stands in it. */
        record Failed(String reason) implements Filled {}
    }

    /** @throws IllegalArgumentException in words for the author, if it is not such a template */
    static Template of(String source, Kind kind) {
        if (source.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("may have " + MAX_LENGTH + " characters, has " + source.length());
        }
        if (REFUSED.matcher(source).find()) {
            throw new IllegalArgumentException("may only name values: no partials, blocks or other delimiters");
        }
        // First: each tag that is open is looked for to the end.
        requireFewTags(source);
        if (UNCLOSED.matcher(source).find()) {
            throw new IllegalArgumentException("has a tag that is not closed");
        }
        Mustache.Escaper escaper = kind == Kind.HTML ? Escapers.HTML : Escapers.NONE;
        try {
            com.samskivert.mustache.Template compiled = Mustache.compiler()
                    .withEscaper(Escapers.NONE)
                    .withFormatter(value -> escaper.escape(String.valueOf(value)))
                    .withCollector(new OnlyValues())
                    .emptyStringIsFalse(true)
                    .compile(source);
            var names = new Names();
            compiled.visit(names);
            return new Template(compiled, Collections.unmodifiableSet(names.found));
        } catch (MustacheException e) {
            throw new IllegalArgumentException("is not a template: a tag is not closed or not opened", e);
        }
    }

    private static void requireFewTags(String source) {
        Matcher tags = TAG.matcher(source);
        int count = 0;
        int depth = 0;
        while (tags.find()) {
            switch (tags.group(1)) {
                case "#", "^" -> depth++;
                case "/" -> depth--;
                default -> {}
            }
            if (++count > MAX_TAGS) {
                throw new IllegalArgumentException("may have " + MAX_TAGS + " tags");
            }
            if (depth > MAX_NESTING) {
                throw new IllegalArgumentException("may nest sections " + MAX_NESTING + " deep");
            }
        }
    }

    /** The values that it names, in sections too. */
    Set<String> names() {
        return names;
    }

    /**
     * Fills it.
     *
     * @param values texts, flags and lists of texts, by name
     * @param most characters that may come out
     */
    Filled fill(Map<String, Object> values, int most) {
        var out = new BoundedWriter(most);
        try {
            compiled.execute(values, out);
            return new Filled.Text(out.toString());
        } catch (TooLongException e) {
            return new Filled.Failed("the message is longer than " + most + " characters");
        } catch (MustacheException.Context e) {
            return new Filled.Failed("no value and no default for " + e.key);
        } catch (MustacheException e) {
            return new Filled.Failed("the template cannot be filled");
        }
    }

    /** Looks into maps and lists and nothing else: never into an object's methods or fields. */
    private static final class OnlyValues implements Mustache.Collector {
        @Override
        public @Nullable Iterator<?> toIterator(Object value) {
            return value instanceof List<?> list ? list.iterator() : null;
        }

        @Override
        public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
            if (name.equals(".") || name.equals("this")) {
                return (value, ignored) -> value;
            }
            return context instanceof Map ? OnlyValues::find : null;
        }

        private static Object find(Object context, String name) {
            Object value = ((Map<?, ?>) context).get(name);
            return value == null ? com.samskivert.mustache.Template.NO_FETCHER_FOUND : value;
        }

        @Override
        public <K, V> Map<K, V> createFetcherCache() {
            return new ConcurrentHashMap<>();
        }
    }

    private static final class Names implements Mustache.Visitor {
        private final Set<String> found = new TreeSet<>();

        @Override
        public void visitText(String text) {
            // Holds no values.
        }

        @Override
        public void visitVariable(String name) {
            add(name);
        }

        @Override
        public boolean visitInclude(String name) {
            throw new IllegalArgumentException("may not include another template");
        }

        @Override
        public boolean visitSection(String name) {
            add(name);
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            add(name);
            return true;
        }

        private void add(String name) {
            if (!name.equals(".") && !name.equals("this") && !name.startsWith("-")) {
                found.add(name);
            }
        }
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class BoundedWriter extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int most;

        BoundedWriter(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] characters, int from, int length) {
            if (length > most - text.length()) {
                throw new TooLongException();
            }
            text.append(characters, from, length);
        }

        @Override
        public void flush() {
            // It is memory.
        }

        @Override
        public void close() {
            // It is memory.
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
