package dev.sluice.activators.command;

import dev.sluice.activators.aws.S3Failures;
import dev.sluice.activators.delivery.Replay;
import dev.sluice.activators.delivery.Served;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice replay}. */
@Command(
        name = "./sluice replay",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description =
                "Makes due again what a partner refused or never got; the retries then tell it, under the same delivery"
                        + " ids. Only the partner that is named hears of it; a second replay changes nothing.",
        footer = {
            "",
            "Exit status: 0 done; 1 some objects could not be read; 2 the command is wrong; 3 a store does not answer."
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Supplier<Operated> operated;
    private final PrintWriter out;

    @Option(names = "--account", required = true, paramLabel = "A", description = "Whose people.")
    private String account = "";

    @Option(names = "--connection", paramLabel = "C", description = "One connection.")
    private Optional<String> connection = Optional.empty();

    @Option(names = "--partner", paramLabel = "P", description = "Or all connections of one partner, meta say.")
    private Optional<String> partner = Optional.empty();

    @Mixin
    private final Span span = new Span();

    @Option(
            names = "--from-ledger",
            description = "What the ledger says was refused, is parked or put off, and not the failure bucket.")
    private boolean fromLedger;

    @Option(names = "--dry-run", description = "Only says what would be made due.")
    private boolean dry;

    private ReplayCommand(Supplier<Operated> operated, PrintWriter out) {
        this.operated = operated;
        this.out = out;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Operated.ofEnvironment(), out, err, args));
    }

    /** Runs the command and returns its exit status. */
    static int run(Supplier<Operated> operated, PrintWriter out, PrintWriter err, String... args) {
        return Operated.run(new ReplayCommand(operated, out), out, err, args);
    }

    @Override
    public Integer call() {
        if (connection.isEmpty() && partner.isEmpty()) {
            throw new IllegalArgumentException("say --connection or --partner");
        }
        Operated desk = operated.get();
        Instant now = desk.activation().clock().instant();
        Instant begin = span.begin(now);
        Instant end = span.end(now);
        List<Served.InAccount> connections = desk.connections(account, connection, partner);
        if (connections.isEmpty()) {
            throw new IllegalArgumentException("account " + account + " has no such connection");
        }
        int unreadable = 0;
        for (Served.InAccount one : connections) {
            unreadable += replay(desk, one, begin, end);
        }
        return unreadable == 0 ? 0 : 1;
    }

    private int replay(Operated desk, Served.InAccount one, Instant begin, Instant end) {
        var replay = new Replay(desk.activation().ledger(), desk.activation().clock());
        int unreadable = 0;
        Replay.Done done;
        if (fromLedger) {
            done = replay.ofLedger(one, begin, end, dry);
        } else {
            S3Failures.Read read = desk.failures().read(account, one.id().connection(), desk.stream(), begin, end);
            unreadable = read.unreadable();
            done = replay.of(one, read.people(), dry);
        }
        out.printf(
                "%s: looked at %d people, %s due again for %d%s%n",
                one.id().connection(),
                done.people(),
                dry ? "would make something" : "made something",
                done.due(),
                unreadable == 0 ? "" : "; " + unreadable + " objects could not be read");
        return unreadable;
    }
}
