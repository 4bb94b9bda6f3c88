package dev.sluice.tracker.plan;

import dev.sluice.model.MalformedException;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Published sources over bundles in memory, which may be silent or broken, and a clock that is set.
 */
final class SourcesUnderTest {
    static final Limits NODE = new Limits(64 << 10, 4096, 100, 10);

    final Map<String, byte[]> stored = new TreeMap<>();

    final AtomicLong nanos = new AtomicLong();

    final Counters counters = new Counters(nanos::get);

    final Set<String> unanswered = new HashSet<>();

    /** Accounts by the hashes of the keys that they claimed. */
    final Map<String, String> claims = new TreeMap<>();

    /** In the place of an account: what is stored there is no claim. */
    static final String NO_CLAIM = "";

    boolean claimsBroken;

    int claimsAsked;

    final Set<String> poisoned = new HashSet<>();

    boolean broken;

    final PublishedSources sources = started();

    PublishedSources started() {
        return new PublishedSources(
                new Stored(),
                new SourceTable.Builder(FixedSources.of(List.of("fixed=demo"), NODE), NODE, nanos::get),
                counters);
    }

    void publish(String account, int number, String... parts) {
        StringBuilder content = new StringBuilder();
        List<String> listed = new ArrayList<>();
        for (String part : parts) {
            if (part.startsWith("{")) {
                listed.add(part);
            } else {
                content.append(part);
            }
        }
        String json = "{'v':1,'account':'" + account + "','number':" + number + "," + content + "'sources':["
                + String.join(",", listed) + "]}";
        stored.put(account + "/" + number, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** As the console does before it publishes. */
    void claim(String account, String key) {
        claims.put(SourceKey.hash(key), account);
    }

    static String source(String name, String key, String status) {
        return "{'name':'" + name + "','keys':[{'sha256':'" + SourceKey.hash(key) + "','status':'" + status + "'}]}";
    }

    /** Bundles in memory, in the place of S3. */
    final class Stored implements PlanBundles {
        @Override
        public Map<String, List<Integer>> newest(int most) throws IOException {
            answer();
            Map<String, List<Integer>> newest = new TreeMap<>();
            stored.keySet()
                    .forEach(key -> newest.computeIfAbsent(key.substring(0, key.indexOf('/')), any -> new ArrayList<>())
                            .addFirst(Integer.parseInt(key.substring(key.indexOf('/') + 1))));
            return newest;
        }

        @Override
        public byte[] read(String account, int number) throws IOException {
            answer();
            if (unanswered.contains(account)) {
                throw new IOException("S3: silent");
            }
            if (poisoned.contains(account)) {
                throw new IllegalStateException("not foreseen");
            }
            return Objects.requireNonNull(stored.get(account + "/" + number));
        }

        @Override
        public Optional<String> owner(String sha256) throws IOException {
            claimsAsked++;
            if (claimsBroken) {
                throw new IOException("S3: silent");
            }
            String account = claims.get(sha256);
            if (NO_CLAIM.equals(account)) {
                throw new MalformedException("not a claim");
            }
            return Optional.ofNullable(account);
        }

        private void answer() throws IOException {
            if (broken) {
                throw new IOException("S3: silent");
            }
        }
    }
}
