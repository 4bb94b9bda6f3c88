package dev.sluice.classifier;

/** What a store answers to one question: a value, or why there is none. */
public sealed interface Answer<T> {

    /** The value. */
    record Found<T>(T value) implements Answer<T> {}

    /** Something is stored that this program cannot read; asking again does not help. The reason holds no content. */
    record Unreadable<T>(String reason) implements Answer<T> {}

    /** The store was not reached, or not in time; asking again later may help. */
    record Unreachable<T>(String reason) implements Answer<T> {}
}
