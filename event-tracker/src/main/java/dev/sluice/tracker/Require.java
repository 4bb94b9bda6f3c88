package dev.sluice.tracker;

import java.time.Duration;

/** Checks of settings whose messages name the thing, the value and the limit. */
public final class Require {
    private Require() {}

    /** @throws IllegalArgumentException if {@code value} is not from {@code least} to {@code most} */
    public static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from " + least + " to " + most);
        }
    }

    /** @throws IllegalArgumentException if {@code value} is not from {@code least} to {@code most} */
    public static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from " + least + " to " + most);
        }
    }
}
