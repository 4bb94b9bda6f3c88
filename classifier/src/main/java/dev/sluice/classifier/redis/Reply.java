package dev.sluice.classifier.redis;

import dev.sluice.classifier.Answer;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.function.Function;

/** What one command came to. */
sealed interface Reply<T> {

    /** Redis did it. */
    record Value<T>(T value) implements Reply<T> {}

    /** Redis answered with an error. */
    record Refused<T>(RedisCommandExecutionException error) implements Reply<T> {
        boolean startsWith(String word) {
            return String.valueOf(error.getMessage()).startsWith(word);
        }
    }

    /** Redis did not answer. */
    record Silent<T>(String reason) implements Reply<T> {}

    /** What Redis answered, if it did what was asked. */
    default Optional<T> answered() {
        return this instanceof Value<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Why Redis did not do what was asked. */
    default Optional<String> silence() {
        return switch (this) {
            case Value<T> value -> Optional.empty();
            case Refused<T>(var error) ->
                Optional.of("Redis refuses: " + error.getClass().getSimpleName());
            case Silent<T>(var reason) -> Optional.of(reason);
        };
    }

    /** The same to who asked the store. */
    default <R> Answer<R> answer(Function<T, Answer<R>> read) {
        return switch (this) {
            case Value<T>(var value) -> read.apply(value);
            case Refused<T> refused ->
                refused.startsWith("WRONGTYPE")
                        ? new Answer.Unreadable<>("what is stored is of another kind")
                        : new Answer.Unreachable<>(
                                "Redis refuses: " + refused.error().getClass().getSimpleName());
            case Silent<T>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }
}
