package dev.sluice.benchmarks;

import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.classifier.redis.RedisDueIndex;
import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import redis.embedded.RedisServer;

/**
 * Measures what a person's state takes in a Redis server that it starts for this: one typical and one worst person, many
 * typical ones together, and the field {@code recent} if it were deflated. Prints a line for each.
 */
public final class StateSizes {
    private static final int PEOPLE = 100_000;
    private static final int BATCH = 500;
    private static final int READ = 20_000;
    private static final int TO_A_MILLION = 1_000_000 / PEOPLE;
    private static final long SEED = 20_261_121L;
    private static final int ROUNDS = 8;
    private static final int SAMPLES = 500;
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

    private static long bytes;

    private StateSizes() {}

    public static void main(String[] args) throws IOException, DataFormatException {
        int port = freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("hash-max-ziplist-value 8192")
                .build();
        server.start();
        String uri = "redis://127.0.0.1:" + port;
        try (var client = RedisClient.create(uri);
                var connection = client.connect();
                var link = new RedisLink(new RedisServers(uri, false, Duration.ofSeconds(10)), loss -> {})) {
            var states = new RedisUserStates(link, Duration.ofDays(400));
            RedisCommands<String, String> redis = connection.sync();
            one("typical person", redis, states, new SamplePeople(SEED).typical());
            one("worst person", redis, states, new SamplePeople(SEED).worst());
            many(redis, states, new RedisDueIndex(link, dropped -> {}));
        } finally {
            server.stop();
        }
        deflated();
    }

    private static void one(String name, RedisCommands<String, String> redis, UserStates states, Recent recent) {
        var person = new PersonKey("demo", "player-000001");
        String key = StoredUserState.key(person);
        redis.del(key);
        write(redis, states, List.of(person), new SamplePeople(SEED), recent);
        System.out.printf(
                "%s: %d events, recent %d bytes, in Redis %d bytes, as %s%n",
                name,
                recent.events().size(),
                RecentJson.write(recent).length,
                wholly(redis, key),
                redis.objectEncoding(key));
    }

    private static void many(RedisCommands<String, String> redis, UserStates states, DueIndex index) {
        redis.flushall();
        var sample = new SamplePeople(SEED);
        long before = used(redis);
        for (int i = 0; i < PEOPLE; i += BATCH) {
            write(redis, states, people(i), sample, sample.typical());
        }
        long after = used(redis);
        System.out.printf(
                "%d typical people: %d MiB, %d bytes each; a million, scaled: %.1f GiB%n",
                PEOPLE,
                (after - before) >> 20,
                (after - before) / PEOPLE,
                (double) (after - before) * TO_A_MILLION / (1 << 30));
        reads(redis, states);
        for (int i = 0; i < PEOPLE; i += BATCH) {
            Map<PersonKey, Instant> moments = new LinkedHashMap<>();
            for (PersonKey person : people(i)) {
                moments.put(person, Instant.ofEpochMilli(1_800_000_000_000L + i));
            }
            check(index.schedule(moments).values().stream().allMatch(WriteResult.WRITTEN::equals));
        }
        System.out.printf("when each is due: %d bytes each%n", (used(redis) - after) / PEOPLE);
    }

    /** What Redis itself says that a read took it. */
    private static void reads(RedisCommands<String, String> redis, UserStates states) {
        String plain = "";
        String touch = "";
        for (int round = 0; round < 2; round++) {
            // The first round is for Redis to have its buffers.
            plain = microseconds(redis, "hgetall", people -> states.read(people).keySet());
            touch = microseconds(redis, "evalsha", people -> {
                states.touch(people);
                return people;
            });
        }
        System.out.printf("in Redis, a read: %s us, a touch: %s us%n", plain, touch);
    }

    private static String microseconds(
            RedisCommands<String, String> redis,
            String command,
            Function<List<PersonKey>, Collection<PersonKey>> read) {
        redis.configResetstat();
        for (int i = 0; i < READ; i += BATCH) {
            check(read.apply(people(i)).size() == BATCH);
        }
        Matcher line = Pattern.compile("cmdstat_" + command + ":.*?usec_per_call=([\\d.]+)")
                .matcher(redis.info("commandstats"));
        check(line.find());
        return line.group(1);
    }

    private static void deflated() throws DataFormatException {
        var sample = new SamplePeople(SEED);
        List<byte[]> plain = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            plain.add(RecentJson.write(sample.typical()));
        }
        System.out.printf("recent, plain: %d bytes%n", sum(plain) / SAMPLES);
        for (int level : new int[] {1, 3, 6}) {
            List<byte[]> packed =
                    plain.stream().map(each -> deflate(each, level)).toList();
            double in = Double.MAX_VALUE;
            double out = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long start = now();
                plain.forEach(each -> bytes += deflate(each, level).length);
                long middle = now();
                for (byte[] each : packed) {
                    bytes += inflate(each);
                }
                in = Math.min(in, (middle - start) / 1e3 / SAMPLES);
                out = Math.min(out, (now() - middle) / 1e3 / SAMPLES);
            }
            System.out.printf(
                    "recent, deflated at level %d: %d bytes, %.1f us to write, %.1f us to read%n",
                    level, sum(packed) / SAMPLES, in, out);
        }
        check(bytes > 0);
    }

    private static void write(
            RedisCommands<String, String> redis,
            UserStates states,
            List<PersonKey> people,
            SamplePeople sample,
            Recent recent) {
        check(
                states
                        .keep(people.stream()
                                .map(person -> new UserStates.Change(person, 0, recent))
                                .toList())
                        .values()
                        .stream()
                        .allMatch(WriteResult.WRITTEN::equals));
        for (PersonKey person : people) {
            redis.hset(
                    StoredUserState.key(person),
                    Map.of(
                            "profile",
                            sample.row(),
                            "profileVersion",
                            "17",
                            "stats",
                            sample.statistics(),
                            "statsVersion",
                            "1800000000000"));
        }
    }

    private static List<PersonKey> people(int first) {
        List<PersonKey> people = new ArrayList<>();
        for (int i = first; i < first + BATCH; i++) {
            people.add(new PersonKey("demo", "player-%07d".formatted(i)));
        }
        return people;
    }

    private static byte[] deflate(byte[] plain, int level) {
        var deflater = new Deflater(level, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] packed = new byte[plain.length + 64];
            int length = deflater.deflate(packed);
            check(deflater.finished());
            return Arrays.copyOf(packed, length);
        } finally {
            deflater.end();
        }
    }

    private static int inflate(byte[] packed) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] plain = new byte[1 << 16];
            int length = inflater.inflate(plain);
            check(inflater.finished());
            return length;
        } finally {
            inflater.end();
        }
    }

    private static int sum(List<byte[]> all) {
        return all.stream().mapToInt(each -> each.length).sum();
    }

    /** With every field looked at: Redis' own default looks at five. */
    private static Long wholly(RedisCommands<String, String> redis, String key) {
        return redis.dispatch(
                CommandType.MEMORY,
                new IntegerOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8)
                        .add("USAGE")
                        .addKey(key)
                        .add("SAMPLES")
                        .add(0));
    }

    private static long used(RedisCommands<String, String> redis) {
        Matcher line = USED.matcher(redis.info("memory"));
        check(line.find());
        return Long.parseLong(line.group(1));
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("nothing was measured");
        }
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
