package dev.sluice.rules.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Phrases that several commands say. Stateless. */
final class Wording {
    private Wording() {}

    /** {@code 1 segment}, {@code 2 segments}. */
    static String segments(long count) {
        return count == 1 ? "1 segment" : count + " segments";
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
