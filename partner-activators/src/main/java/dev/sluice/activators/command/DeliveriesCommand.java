package dev.sluice.activators.command;

import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.Removals;
import dev.sluice.activators.delivery.Replay;
import dev.sluice.activators.delivery.Served;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.model.PersonKey;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code ./sluice deliveries}. */
@Command(
        name = "./sluice deliveries",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description = "What partners have been told and what waits.",
        footer = {"", "Exit status: 0 done; 2 the command is wrong; 3 a store does not answer."})
public final class DeliveriesCommand implements Callable<Integer> {
    private static final int COUNTED = 16_000;

    private final Supplier<Operated> operated;
    private final PrintWriter out;

    private DeliveriesCommand(Supplier<Operated> operated, PrintWriter out) {
        this.operated = operated;
        this.out = out;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Operated.ofEnvironment(), out, err, args));
    }

    /** Runs a command and returns its exit status. */
    static int run(Supplier<Operated> operated, PrintWriter out, PrintWriter err, String... args) {
        return Operated.run(new DeliveriesCommand(operated, out), out, err, args);
    }

    @Override
    public Integer call() {
        throw new IllegalArgumentException("say what to do: status, show or resume");
    }

    @Command(description = "Each connection: how much waits and since when, its rate, its breaker, what is parked.")
    int status(@Option(names = "--account", required = true, paramLabel = "A") String account) {
        Operated desk = operated.get();
        for (Served.InAccount one : desk.connections(account, Optional.empty(), Optional.empty())) {
            Ledger.Backlog backlog =
                    desk.activation().ledger().backlog(account, one.id().connection(), COUNTED);
            Flow.Standing standing = standing(desk, one);
            out.printf(
                    "%s (%s)%s: %s%d wait%s, %.1f calls/s%s%s%n",
                    one.id().connection(),
                    one.telling().connection().partner(),
                    one.telling().connection().paused() ? ", paused" : "",
                    backlog.whole() ? "" : "at least ",
                    backlog.entries(),
                    backlog.oldest().map(since -> " since " + since).orElse(""),
                    standing.callsPerSecond(),
                    desk.activation().flow().isSlow(one.id()) ? ", slow" : "",
                    standing.closedUntil().equals(Instant.MIN) ? "" : ", closed until " + standing.closedUntil());
            standing.parkings()
                    .forEach(parking -> out.printf(
                            "  parked: %s: %s%n",
                            parking.audience().isEmpty() ? "the whole connection" : parking.audience(),
                            parking.reason()));
        }
        for (Removals.Removal removal : desk.activation().removals().open()) {
            if (removal.connection().account().equals(account)) {
                String name = removal.connection().id().connection();
                long waiting = desk.activation()
                        .ledger()
                        .backlog(account, name, COUNTED)
                        .entries();
                out.printf(
                        "%s: removed; %d of 256 slots gone through, %d wait to be taken back until %s%n",
                        name, removal.slot(), waiting, removal.end());
            }
        }
        return 0;
    }

    private static Flow.Standing standing(Operated desk, Served.InAccount one) {
        return desk.activation()
                .flow()
                .standing(one.id(), one.telling().partner().limits(one.telling().connection()));
    }

    @Command(description = "One person on every connection, segment by segment, without addresses.")
    int show(
            @Option(names = "--account", required = true, paramLabel = "A") String account,
            @Parameters(paramLabel = "PERSON") String person) {
        Operated desk = operated.get();
        var key = new PersonKey(account, person);
        for (Served.InAccount one : desk.connections(account, Optional.empty(), Optional.empty())) {
            var place = new LedgerKey(one.id().connection(), key);
            Ledger.Kept kept = desk.activation().ledger().read(List.of(place)).get(place);
            if (kept == null) {
                out.println(one.id().connection() + ": not known");
            } else if (!kept.readable()) {
                out.println(one.id().connection() + ": the entry cannot be read");
            } else {
                show(one.id().connection(), kept.entry());
            }
        }
        return 0;
    }

    private void show(String connection, LedgerEntry entry) {
        out.printf(
                "%s: version %d%s%s%s%n",
                connection,
                entry.version(),
                entry.erased() ? ", erased" : "",
                entry.recipient().isPresent() ? "" : ", no address",
                entry.due().map(due -> ", due " + due).orElse(""));
        entry.lines()
                .forEach((segment, line) -> out.printf(
                        "  %s: wanted %s since version %d; %s%n",
                        segment,
                        line.wanted().direction().word(),
                        line.wanted().version(),
                        line.last().map(DeliveriesCommand::text).orElse("not told")));
    }

    private static String text(LedgerLine.Attempt last) {
        return "%s version %d: %s after %d attempts, last at %s%s"
                .formatted(
                        last.direction().word(),
                        last.version(),
                        last.state(),
                        last.number(),
                        last.latest(),
                        last.reason().isEmpty() ? "" : " (" + last.reason() + ")");
    }

    @Command(description = "Lets what is parked go again, and makes what waited for it due.")
    int resume(
            @Option(names = "--account", required = true, paramLabel = "A") String account,
            @Option(names = "--connection", required = true, paramLabel = "C") String connection,
            @Option(
                            names = "--audience",
                            defaultValue = "",
                            paramLabel = "ID",
                            description = "The partner's id (default: the whole connection).")
                    String audience) {
        Operated desk = operated.get();
        for (Served.InAccount one : desk.connections(account, Optional.of(connection), Optional.empty())) {
            boolean was = desk.activation().flow().resume(one.id(), audience);
            var replay =
                    new Replay(desk.activation().ledger(), desk.activation().clock());
            Replay.Done done = replay.ofParked(one, Optional.of(audience).filter(only -> !only.isEmpty()), () -> true);
            out.printf(
                    "%s: %s; due again for %d people%n", connection, was ? "goes again" : "was not parked", done.due());
        }
        return 0;
    }
}
