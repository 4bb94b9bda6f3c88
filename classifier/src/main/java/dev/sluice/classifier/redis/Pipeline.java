package dev.sluice.classifier.redis;

import dev.sluice.classifier.StoredUserState;
import dev.sluice.model.PersonKey;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one command for each of many people without waiting in between, and gathers the replies. Thread-safe. */
final class Pipeline {
    private final RedisLink link;
    private final Duration timeout;

    /** @param timeout of all commands of one call together */
    Pipeline(RedisLink link, Duration timeout) {
        this.link = link;
        this.timeout = timeout;
    }

    /** Sends the command for one person, whose state is at {@code key}. */
    interface Command<T> {
        RedisFuture<T> send(RedisAsyncCommands<byte[], byte[]> redis, PersonKey person, byte[] key);
    }

    /** What one command came to. */
    sealed interface Reply<T> {}

    /** Redis did it. */
    record Value<T>(T value) implements Reply<T> {}

    /** Redis answered with an error. */
    record Refused<T>(RedisCommandExecutionException error) implements Reply<T> {}

    /** Redis did not answer. */
    record Silent<T>(String reason) implements Reply<T> {}

    /** Exactly one reply for each. */
    <T> Map<PersonKey, Reply<T>> ask(Collection<PersonKey> people, Command<T> command) {
        Map<PersonKey, Reply<T>> replies = new LinkedHashMap<>();
        if (people.isEmpty()) {
            return replies;
        }
        var redis = link.commands();
        if (redis.isEmpty()) {
            people.forEach(key -> replies.put(key, new Silent<>("Redis is not connected")));
            return replies;
        }
        Map<PersonKey, RedisFuture<T>> sent = new LinkedHashMap<>();
        for (PersonKey key : people) {
            byte[] name = StoredUserState.key(key).getBytes(StandardCharsets.UTF_8);
            sent.put(key, command.send(redis.get(), key, name));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        sent.forEach((key, future) -> replies.put(key, reply(future, deadline)));
        return replies;
    }

    private <T> Reply<T> reply(RedisFuture<T> future, long deadline) {
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            return new Value<>(future.get(left, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            future.cancel(true);
            return new Silent<>("Redis did not answer within " + timeout);
        } catch (ExecutionException e) {
            return e.getCause() instanceof RedisCommandExecutionException error
                    ? new Refused<>(error)
                    : new Silent<>("Redis: " + name(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent<>("interrupted");
        }
    }

    private static String name(@Nullable Throwable cause) {
        return cause == null ? "failed" : cause.getClass().getSimpleName();
    }
}
