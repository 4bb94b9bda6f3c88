package dev.sluice.classifier.drools;

import java.util.Arrays;

/** Numbers of guards, each once. Used by one thread. */
final class Touched {
    private final int[] numbers;
    private final int[] addedAt;
    private int count;
    private int stamp;

    /** How often each value was met, and in which round. */
    private final int[] met;

    private final int[] metAt;

    /**
     * @param guards how many there are
     * @param values of kept events, how many are told apart
     */
    Touched(int guards, int values) {
        this.met = new int[values];
        this.metAt = new int[values];
        this.numbers = new int[guards];
        this.addedAt = new int[guards];
    }

    void clear() {
        count = 0;
        if (++stamp == Integer.MAX_VALUE) {
            Arrays.fill(addedAt, 0);
            Arrays.fill(metAt, 0);
            stamp = 1;
        }
    }

    void add(int[] some) {
        for (int number : some) {
            if (addedAt[number] != stamp) {
                addedAt[number] = stamp;
                numbers[count++] = number;
            }
        }
    }

    boolean contains(int number) {
        return addedAt[number] == stamp;
    }

    /** Counts that a value of a kept event was met: 1 for the first time. */
    int timesMet(int value) {
        if (metAt[value] != stamp) {
            metAt[value] = stamp;
            met[value] = 0;
        }
        return ++met[value];
    }

    /** The numbers, in order. */
    int[] sorted() {
        int[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        return sorted;
    }

    int count() {
        return count;
    }

    int get(int index) {
        return numbers[index];
    }
}
