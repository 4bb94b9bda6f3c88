package dev.sluice.classifier.redis;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.UserState;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * States of people as Redis hashes. The commands of one call are sent without waiting for each other's answers; the
 * compare-and-set is a script that Redis knows by its hash. Thread-safe.
 */
public final class RedisUserStates implements UserStates, AutoCloseable {
    private static final String COMPARE_AND_SET = """
            if (redis.call('HGET', KEYS[1], 'rev') or '0') ~= ARGV[1] then
              return 0
            end
            local lives = redis.call('TTL', KEYS[1])
            redis.call('HSET', KEYS[1], 'rev', ARGV[2], 'recent', ARGV[3])
            -- -2: the hash was not there. -1: it was meant to stay for ever. A longer life than ours is left alone.
            if lives == -2 or (lives >= 0 and lives < tonumber(ARGV[4])) then
              redis.call('EXPIRE', KEYS[1], ARGV[4])
            end
            return 1
            """;
    private static final String COMPARE_AND_SET_HASH = sha1(COMPARE_AND_SET);
    private static final byte[] REVISION = bytes(StoredUserState.REVISION);
    private static final byte[][] FIELDS = {
        bytes(StoredUserState.PROFILE),
        bytes(StoredUserState.PROFILE_VERSION),
        bytes(StoredUserState.STATS),
        bytes(StoredUserState.STATS_VERSION),
        bytes(StoredUserState.RECENT),
        REVISION
    };

    private final RedisLink link;
    private final Pipeline pipeline;
    private final byte[] timeToLive;

    /**
     * @param uri {@code redis://host:port}
     * @param timeout of connecting and of each call
     * @param timeToLive how long a state stays at least after its last write, whole seconds; a longer life that another
     *     writer gave it is left alone
     */
    public RedisUserStates(String uri, Duration timeout, Duration timeToLive) {
        this.link = new RedisLink(RedisURI.create(uri), timeout);
        this.pipeline = new Pipeline(link, timeout);
        this.timeToLive = bytes(Long.toString(timeToLive.toSeconds()));
    }

    @Override
    public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
        Map<PersonKey, Answer<UserState>> answers = new LinkedHashMap<>();
        pipeline.ask(people, (redis, person, key) -> redis.hmget(key, FIELDS))
                .forEach((key, reply) ->
                        answers.put(key, answer(reply, fields -> stored(fields).read(key))));
        return answers;
    }

    @Override
    public Map<PersonKey, Answer<Long>> revisions(Collection<PersonKey> people) {
        Map<PersonKey, Answer<Long>> answers = new LinkedHashMap<>();
        pipeline.ask(people, (redis, person, key) -> redis.hmget(key, REVISION))
                .forEach((key, reply) -> answers.put(
                        key, answer(reply, fields -> revision(fields).readRevision())));
        return answers;
    }

    @Override
    public Map<PersonKey, WriteResult> keep(List<Change> changes) {
        Map<PersonKey, byte[][]> arguments = new LinkedHashMap<>();
        changes.forEach(change -> arguments.put(change.key(), arguments(change)));
        Map<PersonKey, Pipeline.Reply<Long>> replies = new HashMap<>(compareAndSet(arguments, true));
        arguments.keySet().removeIf(key -> !isUnknownScript(replies.get(key)));
        // Redis forgets scripts when it restarts; the text teaches it again.
        replies.putAll(compareAndSet(arguments, false));
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        replies.forEach((key, reply) -> results.put(key, result(reply)));
        return results;
    }

    @Override
    public void close() {
        link.close();
    }

    private Map<PersonKey, Pipeline.Reply<Long>> compareAndSet(Map<PersonKey, byte[][]> arguments, boolean byHash) {
        return pipeline.ask(arguments.keySet(), (redis, person, key) -> {
            byte[][] keys = {key};
            byte[][] values = arguments.getOrDefault(person, new byte[0][]);
            return byHash
                    ? redis.evalsha(COMPARE_AND_SET_HASH, ScriptOutputType.INTEGER, keys, values)
                    : redis.eval(COMPARE_AND_SET, ScriptOutputType.INTEGER, keys, values);
        });
    }

    private byte[][] arguments(Change change) {
        return new byte[][] {
            bytes(Long.toString(change.revision())),
            bytes(Long.toString(change.next())),
            RecentJson.write(change.recent()),
            timeToLive
        };
    }

    private static boolean isUnknownScript(Pipeline.@Nullable Reply<Long> reply) {
        return reply instanceof Pipeline.Refused<Long>(var error) && error instanceof RedisNoScriptException;
    }

    private static WriteResult result(Pipeline.Reply<Long> reply) {
        return switch (reply) {
            case Pipeline.Value<Long>(var set) -> set == 1 ? WriteResult.WRITTEN : WriteResult.CONFLICT;
            case Pipeline.Refused<Long> refused -> WriteResult.UNREACHABLE;
            case Pipeline.Silent<Long> silent -> WriteResult.UNREACHABLE;
        };
    }

    private static <T, R> Answer<R> answer(Pipeline.Reply<T> reply, Function<T, Answer<R>> read) {
        return switch (reply) {
            case Pipeline.Value<T>(var value) -> read.apply(value);
            case Pipeline.Refused<T>(var error) ->
                isWrongType(error)
                        ? new Answer.Unreadable<>("the stored state is not a hash")
                        : new Answer.Unreachable<>(
                                "Redis refuses: " + error.getClass().getSimpleName());
            case Pipeline.Silent<T>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    private static boolean isWrongType(RedisCommandExecutionException error) {
        return String.valueOf(error.getMessage()).startsWith("WRONGTYPE");
    }

    private static StoredUserState stored(List<KeyValue<byte[], byte[]>> fields) {
        return new StoredUserState(
                value(fields, 0),
                value(fields, 1),
                value(fields, 2),
                value(fields, 3),
                value(fields, 4),
                value(fields, 5));
    }

    private static StoredUserState revision(List<KeyValue<byte[], byte[]>> fields) {
        return StoredUserState.ofRevision(value(fields, 0));
    }

    private static Optional<byte[]> value(List<KeyValue<byte[], byte[]>> fields, int place) {
        return fields.get(place).optional();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The name under which Redis keeps a script. */
    private static String sha1(String script) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(script)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
