package dev.sluice.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One Markdown page of the repository. */
record Page(Path path, String text) {
    private static final Path ROOT =
            Path.of("").toAbsolutePath().getFileName().endsWith("docs") ? Path.of("..") : Path.of(".");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)\\s]*)?\\)");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```(json [a-z-]+|java client|csv import|sentence)\\n(.*?)^```$");

    /** A fenced block whose info string says what it is: {@code json rule-set}. */
    record Block(Path page, String kind, String body) {}

    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links to files of the repository, as they are written. */
    List<String> fileLinks() {
        return LINK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    boolean leadsSomewhere(String link) {
        Path from = path.getParent();
        return from != null && Files.exists(from.resolve(link));
    }

    List<Block> blocks() {
        return BLOCK.matcher(text).results().map(this::block).toList();
    }

    private Block block(MatchResult found) {
        return new Block(path, found.group(1), found.group(2));
    }

    private static Page read(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
