package dev.sluice.userdata.redis;

import dev.sluice.model.PersonKey;
import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.RowChange;
import dev.sluice.userdata.TraitsJson;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Profile rows in Redis hashes {@code user:<account>/<person>:data}, fields {@code profile} and {@code profileVersion}.
 * Thread-safe.
 */
public final class RedisProfileRows implements ProfileRows, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RedisProfileRows.class.getName());
    private static final byte[] GONE = {};

    private final RedisLink link;
    private final byte[] timeToLive;
    private final String script = script();

    /** @param timeToLive how long a person's hash lives after a write, unless it lives longer already; whole seconds */
    public RedisProfileRows(RedisServers servers, Duration timeToLive) {
        this.link = new RedisLink(servers);
        this.timeToLive = bytes(Long.toString(timeToLive.toSeconds()));
    }

    /** @throws RedisCommandExecutionException if Redis refuses for good, as it does if the key is no hash */
    @Override
    public Outcome apply(RowChange change) {
        Outcome done = switch (change) {
            case RowChange.Written _ -> Outcome.WRITTEN;
            case RowChange.Removed _ -> Outcome.REMOVED;
        };
        byte[] traits = switch (change) {
            case RowChange.Written written -> TraitsJson.write(written.traits());
            case RowChange.Removed _ -> GONE;
        };
        byte[][] keys = {bytes(key(change.key()))};
        try {
            return evaluate(keys, bytes(Long.toString(change.version())), traits, timeToLive) == 1
                    ? done
                    : Outcome.STALE;
        } catch (RedisCommandExecutionException e) {
            throw e;
        } catch (RedisException e) {
            LOG.log(System.Logger.Level.WARNING, "Redis: {0}", e.getClass().getSimpleName());
            return Outcome.UNREACHABLE;
        }
    }

    /** Connects and lays the script ready, so that the first change does not wait for it. Redis may be away. */
    public void prime() {
        try {
            link.commands().scriptLoad(script);
        } catch (RedisException e) {
            LOG.log(System.Logger.Level.WARNING, "Redis: {0}", e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        link.close();
    }

    static String key(PersonKey person) {
        return "user:" + person.qualified() + ":data";
    }

    /** Redis forgets scripts when it restarts; the text teaches it again. */
    private long evaluate(byte[][] keys, byte[]... values) {
        RedisClusterCommands<byte[], byte[]> redis = link.commands();
        try {
            return redis.<Long>evalsha(redis.digest(script), ScriptOutputType.INTEGER, keys, values);
        } catch (RedisNoScriptException e) {
            return redis.<Long>eval(script, ScriptOutputType.INTEGER, keys, values);
        }
    }

    private static String script() {
        try (InputStream in =
                Objects.requireNonNull(RedisProfileRows.class.getResourceAsStream("apply-row.lua"), "apply-row.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("apply-row.lua", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
