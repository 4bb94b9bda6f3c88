package dev.sluice.classifier.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script about one key, which Redis knows by its hash. Thread-safe.
 *
 * @param <T> what it answers
 */
final class Script<T> {
    private final byte[] text;
    private final byte[] hash;
    private final Supplier<CommandOutput<byte[], byte[], T>> output;

    private Script(byte[] text, Supplier<CommandOutput<byte[], byte[], T>> output) {
        this.text = text;
        this.hash = Request.bytes(sha1(text));
        this.output = output;
    }

    /** @param file beside this class */
    static <T> Script<T> of(String file, Supplier<CommandOutput<byte[], byte[], T>> output) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new Script<>(in.readAllBytes(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** What a script is run on. */
    record Run(byte[] key, List<byte[]> arguments) {
        static Run of(byte[] key, byte[]... arguments) {
            return new Run(key, List.of(arguments));
        }
    }

    /** Runs it for each item; exactly one reply for each. */
    <K> Map<K, Reply<T>> run(Pipeline pipeline, Collection<K> items, Function<K, Run> run) {
        Map<K, Reply<T>> replies = pipeline.ask(items, item -> request(CommandType.EVALSHA, hash, run.apply(item)));
        List<K> unknown =
                items.stream().filter(item -> isUnknown(replies.get(item))).toList();
        // Redis forgets scripts when it restarts; the text teaches it again.
        replies.putAll(pipeline.ask(unknown, item -> request(CommandType.EVAL, text, run.apply(item))));
        return replies;
    }

    private Request<T> request(CommandType type, byte[] script, Run run) {
        return new Request<>(
                run.key(),
                Request.command(
                        type,
                        output.get(),
                        Request.args().add(script).add(1).addKey(run.key()).addValues(run.arguments())));
    }

    private static boolean isUnknown(@Nullable Reply<?> reply) {
        return reply instanceof Reply.Refused<?>(var error) && error instanceof RedisNoScriptException;
    }

    /** The name under which Redis keeps a script. */
    private static String sha1(byte[] script) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(script));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
