package dev.sluice.classifier.redis;

import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.ClassifierSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How Lettuce is to behave: nothing waits in an endless queue, and nothing is sent twice. */
final class Options {
    /** Commands under way: one for each person of as many classifications as there may be at once, and the rest. */
    private static final int MAX_QUEUED = Classifier.PEOPLE_AT_ONCE * ClassifierSettings.MAX_CONCURRENT + 4096;

    /** Which node holds what is asked for this often, beside when something points to a change. */
    private static final Duration REFRESH = Duration.ofSeconds(15);

    /** And because something points to it (Lettuce looks out for all such signs), no more often than this. */
    private static final Duration REFRESH_AT_MOST = Duration.ofSeconds(2);

    /** From one attempt to connect again to the next, growing: soon enough for who waits, and no storm. */
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);

    private static final Duration LAST_RECONNECT = Duration.ofSeconds(2);

    private Options() {}

    /** Threads and timers of one client; to be shut down after it. */
    static ClientResources resources() {
        return ClientResources.builder()
                .reconnectDelay(() -> Delay.fullJitter(
                        FIRST_RECONNECT, LAST_RECONNECT, FIRST_RECONNECT.toMillis(), TimeUnit.MILLISECONDS))
                .build();
    }

    static ClientOptions ofOneServer(Duration timeout) {
        return common(ClientOptions.builder(), timeout).build();
    }

    static ClusterClientOptions ofCluster(Duration timeout) {
        var options = ClusterClientOptions.builder();
        common(options, timeout);
        return options
                // A node that has just joined is met in a redirection before it is known.
                .validateClusterNodeMembership(false)
                .nodeFilter(Options::isOfUse)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(REFRESH)
                        .adaptiveRefreshTriggersTimeout(REFRESH_AT_MOST)
                        .build())
                .build();
    }

    private static ClientOptions.Builder common(ClientOptions.Builder options, Duration timeout) {
        return options.requestQueueSize(MAX_QUEUED)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // Sent again after a reconnection, a command could meet another server than it was meant for.
                .replayFilter(command -> true)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutSource(new OfUnattended(timeout))
                        .build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build());
    }

    /** Lettuce's timers, for commands whose sender does not give them up by itself: its own, and those of checks. */
    private static final class OfUnattended extends TimeoutOptions.TimeoutSource {
        private final long nanos;

        OfUnattended(Duration timeout) {
            this.nanos = timeout.toNanos();
        }

        @Override
        public long getTimeout(@Nullable RedisCommand<?, ?, ?> command) {
            return command instanceof Request.Awaited ? 0 : nanos;
        }

        @Override
        public TimeUnit getTimeUnit() {
            return TimeUnit.NANOSECONDS;
        }
    }

    private static boolean isOfUse(RedisClusterNode node) {
        return !(node.is(NodeFlag.FAIL) || node.is(NodeFlag.NOADDR));
    }
}
