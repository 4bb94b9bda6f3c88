package dev.sluice.activators.command;

import dev.sluice.activators.Environment;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.delivery.Activation;
import dev.sluice.activators.messages.Sending;
import dev.sluice.activators.messages.Sendings;
import dev.sluice.activators.messages.aws.DynamoDbSendings;
import dev.sluice.activators.partners.ActivatorConfig;
import dev.sluice.activators.partners.ActivatorWiring;
import dev.sluice.model.Ring;
import dev.sluice.model.activation.Connection;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice send}. */
@Command(
        name = "./sluice send",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description =
                "Sends a campaign's message to everybody who is in a segment now. Safe to interrupt: run again with"
                        + " the same --id, it goes on where it stood, and nobody is sent it twice.",
        footer = {
            "",
            "Exit status: 0 done; 1 some are to be sent it later (run it again) or the campaign is parked or paused; 2 the command is"
                    + " wrong; 3 a store does not answer."
        })
public final class SendCommand implements Callable<Integer> {
    private final Campaigns campaigns;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(names = "--account", required = true, paramLabel = "A", description = "Whose people.")
    private String account = "";

    @Option(names = "--connection", required = true, paramLabel = "C", description = "The campaign.")
    private String connection = "";

    @Option(names = "--segment", required = true, paramLabel = "S", description = "Everybody in it.")
    private String segment = "";

    @Option(names = "--id", paramLabel = "ID", description = "Name of this sending (default: a new one).")
    private Optional<String> id = Optional.empty();

    @Option(names = "--dry-run", description = "Only counts what would be sent; caps are not asked.")
    private boolean dry;

    @Option(
            names = "--slots-at-once",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many of the 256 slots are worked on at once (default ${DEFAULT-VALUE}, at most 64).")
    private int atOnce;

    private SendCommand(Campaigns campaigns, PrintWriter out, PrintWriter err) {
        this.campaigns = campaigns;
        this.out = out;
        this.err = err;
    }

    /** Where campaigns are found, and what sending over one needs. */
    @FunctionalInterface
    public interface Campaigns {
        /** Empty if the account has no such campaign over a channel of messages, it is paused, or something is wrong with it. */
        Optional<Sending.Ports> open(String account, String connection);
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        // Opened only once the command line is known to be right.
        System.exit(run((account, name) -> ofEnvironment().open(account, name), out, err, args));
    }

    private static Campaigns ofEnvironment() {
        ActivatorConfig config = ActivatorConfig.of(new Environment(System.getenv()));
        Activation activation = ActivatorWiring.activationOfAll(config);
        var sendings = new DynamoDbSendings(AwsClients.dynamoDb(), config.ledgerTable(), activation.clock());
        return new PublishedCampaigns(
                activation.served(),
                ActivatorWiring.secrets(config, activation.clock()),
                activation.ledger(),
                activation.flow(),
                sendings,
                activation.clock(),
                activation.chance().pause());
    }

    /** Runs the command and returns its exit status. */
    public static int run(Campaigns campaigns, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new SendCommand(campaigns, out, err))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof UnreachableException) {
                        err.println(failure.getMessage() + "; run it again with the same --id");
                        return 3;
                    }
                    if (failure instanceof IllegalArgumentException) {
                        err.println(failure.getMessage());
                        return 2;
                    }
                    throw failure;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        Optional<Sending.Ports> ports = campaigns.open(account, connection);
        Optional<Connection> campaign = ports.flatMap(open -> open.campaign().get());
        if (ports.isEmpty() || campaign.isEmpty()) {
            return wrong("there is no campaign " + shown(connection) + " of account " + shown(account)
                    + ", or it is paused, or its settings are wrong");
        }
        if (campaign.get().audience(segment).isEmpty()) {
            return wrong("segment " + shown(segment) + " is none of the campaign's segments");
        }
        String name = id.orElseGet(() -> UUID.randomUUID().toString());
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}") || atOnce < 1 || atOnce > 64) {
            return wrong("--id must be 1 to 64 letters, digits, - and _; --slots-at-once 1 to 64");
        }
        return send(ports.get(), new Sendings.Id(account, name));
    }

    private int send(Sending.Ports ports, Sendings.Id name) {
        Instant now = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        var wanted = new Sendings.Order(connection, segment, now);
        Sendings.Order order = dry ? wanted : ports.sendings().begin(name, wanted);
        if (!order.connection().equals(connection) || !order.segment().equals(segment)) {
            return wrong(
                    "--id " + name.sending() + " was a sending over " + order.connection() + " to " + order.segment());
        }
        out.println((dry ? "dry run" : "sending " + name.sending()) + " over " + connection + " to " + segment
                + ", begun " + order.begun());
        var sending = new Sending(new Sending.Task(name, order, dry), ports);
        Map<Integer, Sendings.Progress> before =
                dry ? Map.of() : ports.sendings().progress(name);
        return report(sending, slots(sending, before), name);
    }

    private List<Sendings.Progress> slots(Sending sending, Map<Integer, Sendings.Progress> before) {
        List<Sendings.Progress> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Sendings.Progress>> slots = new ArrayList<>();
            for (int slot = 0; slot < Ring.SLOTS; slot++) {
                int number = slot;
                Sendings.Progress from = before.getOrDefault(slot, Sendings.Progress.NONE);
                slots.add(threads.submit(() -> sending.slot(number, from)));
            }
            for (Future<Sendings.Progress> slot : slots) {
                done.add(taken(slot));
                if (done.size() % 32 == 0) {
                    out.println(done.size() + " of " + Ring.SLOTS + " slots: " + sum(done));
                }
            }
        }
        return done;
    }

    private int report(Sending sending, List<Sendings.Progress> slots, Sendings.Id name) {
        sum(slots).forEach((word, count) -> out.printf("%10d %s%n", count, word));
        Optional<Instant> next =
                slots.stream().flatMap(slot -> slot.next().stream()).min(Instant::compareTo);
        if (sending.stopped().isPresent()) {
            err.println(sending.stopped().get()
                    + "; put that right, let it go again if it is parked, and run this again with" + " --id "
                    + name.sending());
            return 1;
        }
        if (next.isPresent() && !dry) {
            out.println("some are to be sent it later: run this again with --id " + name.sending() + " after "
                    + next.get());
            return 1;
        }
        return 0;
    }

    private static Sendings.Progress taken(Future<Sendings.Progress> slot) {
        try {
            return slot.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", e);
        }
    }

    private static SortedMap<String, Long> sum(List<Sendings.Progress> slots) {
        SortedMap<String, Long> sum = new TreeMap<>();
        slots.forEach(slot -> slot.counts().forEach((word, count) -> sum.merge(word, count, Long::sum)));
        return sum;
    }

    private int wrong(String message) {
        err.println(message);
        return 2;
    }

    private static String shown(String text) {
        return text.matches("[A-Za-z0-9_-]{1,64}") ? text : "(of " + text.length() + " characters)";
    }
}
