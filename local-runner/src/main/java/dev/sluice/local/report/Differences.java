package dev.sluice.local.report;

import java.util.ArrayList;
import java.util.List;

/** Counts differences and keeps the first few in words. Not thread-safe. */
final class Differences {
    private static final int MAX_WORDS = 20;

    private final List<String> words = new ArrayList<>();
    private long count;

    void add(String description) {
        count++;
        if (words.size() < MAX_WORDS) {
            words.add(description);
        }
    }

    long count() {
        return count;
    }

    List<String> words() {
        return words;
    }
}
