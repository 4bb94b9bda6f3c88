package dev.sluice.classifier.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis many things at once: the commands of one call go to each node in one piece, nothing waits in between, and
 * what one node does not answer keeps no other's answer back. In a cluster, what was sent to a node that does not hold
 * the key any more is sent to the one that does. Thread-safe.
 */
final class Pipeline {
    /** How often a key may have moved within one call. */
    private static final int MAX_ROUNDS = 4;

    private final RedisLink link;

    /** One call takes the link's timeout at most. */
    Pipeline(RedisLink link) {
        this.link = link;
    }

    private record Sent<T>(Future<T> reply, Sending sending) {}

    /** Exactly one reply for each. */
    <K, T> Map<K, Reply<T>> ask(Collection<K> items, Function<K, Request<T>> request) {
        Map<K, Reply<T>> replies = new LinkedHashMap<>();
        if (items.isEmpty()) {
            return replies;
        }
        if (!link.isConnected()) {
            items.forEach(item -> replies.put(item, new Reply.Silent<>("Redis is not connected")));
            return replies;
        }
        long deadline = System.nanoTime() + link.timeout().toNanos();
        Map<K, Sent<T>> sent = send(items, request);
        for (int round = 1; !sent.isEmpty(); round++) {
            List<K> moved = new ArrayList<>();
            Map<K, Moving> moving = new LinkedHashMap<>();
            boolean last = round == MAX_ROUNDS;
            sent.forEach((item, each) -> {
                Reply<T> reply = reply(each, deadline);
                replies.put(item, reply);
                if (reply instanceof Reply.Refused<T> refused && !last) {
                    if (refused.startsWith("MOVED ")) {
                        moved.add(item);
                    }
                    Moving.read(refused.error()).ifPresent(to -> moving.put(item, to));
                }
            });
            sent = new LinkedHashMap<>();
            if (!moved.isEmpty()) {
                await(link.refresh().toCompletableFuture(), deadline);
                sent.putAll(send(moved, request));
            }
            sent.putAll(follow(moving, request));
        }
        return replies;
    }

    /** Asks one node something that is about no key. */
    <T> Reply<T> askNode(String node, AsyncCommand<byte[], byte[], T> command) {
        long deadline = System.nanoTime() + link.timeout().toNanos();
        var sending = new Sending();
        sending.add(command);
        link.send(node, sending);
        return reply(new Sent<>(command, sending), deadline);
    }

    private <K, T> Map<K, Sent<T>> send(Collection<K> items, Function<K, Request<T>> request) {
        Map<K, Sent<T>> sent = new LinkedHashMap<>();
        Map<String, Sending> byNode = new HashMap<>();
        var nowhere = new Sending();
        for (K item : items) {
            Request<T> made = request.apply(item);
            Sending sending = link.holding(made.key())
                    .map(node -> byNode.computeIfAbsent(node, any -> new Sending()))
                    .orElse(nowhere);
            sending.add(made.command());
            sent.put(item, new Sent<>(made.command(), sending));
        }
        byNode.forEach(link::send);
        if (!nowhere.isEmpty()) {
            nowhere.fail(new NotConnectedException());
            link.refreshSoon();
        }
        return sent;
    }

    private <K, T> Map<K, Sent<T>> follow(Map<K, Moving> moving, Function<K, Request<T>> request) {
        Map<K, Sent<T>> sent = new LinkedHashMap<>();
        moving.forEach((item, to) -> {
            var made = request.apply(item);
            var sending = new Sending();
            sending.add(
                    Request.command(CommandType.ASKING, new StatusOutput<>(ByteArrayCodec.INSTANCE), Request.args()));
            sending.add(made.command());
            sent.put(item, new Sent<>(made.command(), sending));
            link.sendAsking(to.host(), to.port(), sending);
        });
        return sent;
    }

    /** Where a key is on its way to. */
    private record Moving(String host, int port) {
        static Optional<Moving> read(RedisCommandExecutionException error) {
            String[] words = String.valueOf(error.getMessage()).split(" ", 3);
            if (words.length < 3 || !words[0].equals("ASK")) {
                return Optional.empty();
            }
            int colon = words[2].lastIndexOf(':');
            return Optional.of(
                    new Moving(words[2].substring(0, colon), Integer.parseInt(words[2].substring(colon + 1))));
        }
    }

    private <T> Reply<T> reply(Sent<T> sent, long deadline) {
        try {
            sent.sending().await(left(deadline));
            T value = sent.reply().get(left(deadline), TimeUnit.NANOSECONDS);
            return sent.sending().isUnbroken() ? new Reply.Value<>(value) : new Reply.Silent<>("Redis went away");
        } catch (TimeoutException e) {
            sent.reply().cancel(true);
            link.refreshSoon();
            return new Reply.Silent<>("Redis did not answer within " + link.timeout());
        } catch (CancellationException e) {
            return new Reply.Silent<>("Redis went away");
        } catch (ExecutionException e) {
            return failed(sent, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Silent<>("interrupted");
        }
    }

    private <T> Reply<T> failed(Sent<T> sent, @Nullable Throwable cause) {
        if (cause instanceof RedisCommandExecutionException error) {
            var refused = new Reply.Refused<T>(error);
            if (refused.startsWith("READONLY")) {
                sent.sending().doubt();
            }
            return refused;
        }
        link.refreshSoon();
        return new Reply.Silent<>(
                "Redis: " + (cause == null ? "failed" : cause.getClass().getSimpleName()));
    }

    private static void await(Future<?> future, long deadline) {
        try {
            future.get(left(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The commands are sent to where they were, and told again that this is wrong.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }
}
