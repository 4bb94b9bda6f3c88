package dev.sluice.rules.command;

import dev.sluice.model.Value;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Phrases that several commands say. Stateless. */
final class Wording {
    private Wording() {}

    /**
     * One line of a list of publications.
     *
     * @param parts how many of what it mainly consists of
     */
    static String publication(Value.Fields entry, String parts) {
        String number = "%6d".formatted(entry.whole("number"));
        if (entry.find("publishedAt").isEmpty()) {
            return number + "  cannot be read";
        }
        String from =
                entry.find("rolledBackFrom").isPresent() ? "  (content of " + entry.whole("rolledBackFrom") + ")" : "";
        return number + "  " + entry.text("publishedAt") + "  "
                + entry.text("contentHash").substring(0, 12) + "  " + parts + "  "
                + entry.findText("author").orElse("-") + "  "
                + entry.findText("reason").orElse("-") + from;
    }

    /** Why a file could not be read or written. */
    static String why(IOException failure) {
        return switch (failure) {
            case NoSuchFileException none -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            default -> failure.getClass().getSimpleName();
        };
    }
}
