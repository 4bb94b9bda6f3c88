package dev.sluice.benchmarks;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.boot.TrackerApplication;
import dev.sluice.tracker.boot.TrackerSettings;
import dev.sluice.tracker.plan.PublishedSources;
import dev.sluice.tracker.plan.SourceTable;
import dev.sluice.tracker.web.Listener;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The process that is measured: prints its port, then answers each line of its input with what its sink has counted, and
 * ends with its input.
 */
public final class TrackerServer {
    private static final CountingSink SINK = new CountingSink();

    /** What serves. */
    enum Kind {
        /** Netty's own handlers before the same work, no Spring. */
        RAW("raw Netty"),
        /** The tracker with a sink that only counts. */
        TRACKER("the tracker"),
        /** The same with two accounts, of which one is held to a rate. */
        NEIGHBOURS("the tracker, two accounts"),
        /** The tracker as it is, with whatever Kinesis its environment names. */
        KINESIS("the tracker, Kinesis stand-in");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private TrackerServer() {}

    /** In the place of the sinks of the real wiring. */
    @Configuration(proxyBeanMethods = false)
    static class CountingWiring {
        @Bean
        EventSink durableSink() {
            return SINK;
        }
    }

    /** In the place of the tracking plans that a bucket would hold. */
    @Configuration(proxyBeanMethods = false)
    static class TwoAccounts {
        @Bean
        PublishedSources sources(TrackerSettings settings, Counters counters) {
            var fixed = FixedSources.of(settings.writeKeys(), settings.limits());
            var table = new SourceTable.Builder(fixed, settings.limits(), System::nanoTime);
            return new PublishedSources(new NeighboursLoad.Plan(), table, counters);
        }
    }

    public static void main(String[] args) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        Kind kind = Kind.valueOf(args[0]);
        out.println(kind == Kind.RAW ? RawNetty.start(SINK) : tracker(kind));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (in.readLine() != null) {
            out.println(SINK.line());
        }
        System.exit(0);
    }

    private static int tracker(Kind kind) {
        Class<?>[] wiring = switch (kind) {
            case RAW, TRACKER -> new Class<?>[] {TrackerApplication.class, CountingWiring.class};
            case NEIGHBOURS -> new Class<?>[] {TrackerApplication.class, CountingWiring.class, TwoAccounts.class};
            case KINESIS -> new Class<?>[] {TrackerApplication.class};
        };
        return new SpringApplication(wiring)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.dev.sluice=ERROR",
                        "--spring.main.allow-bean-definition-overriding=true",
                        // The stand-in is slower than Kinesis; what is measured is the tracker's work, not its
                        // fail-over.
                        "--sluice.tracker.kinesis.within=10s",
                        "--sluice.tracker.answer-within=15s",
                        "--sluice.tracker.node=10.0.0.7",
                        "--sluice.tracker.clock.skew=" + ClientEvents.SKEW,
                        "--sluice.tracker.s3-path-style=true",
                        "--sluice.tracker.write-keys=" + ClientEvents.WRITE_KEY + "=demo")
                .getBean(Listener.class)
                .port();
    }
}
