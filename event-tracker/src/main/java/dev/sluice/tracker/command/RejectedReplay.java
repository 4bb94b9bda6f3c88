package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.tracker.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends a corrected export through the tracker. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description =
                "Sends a corrected export through the tracker, with the message ids and times that the events had. Safe"
                        + " to repeat: an event that comes twice is known by its id. What is refused again is said with its line.")
final class RejectedReplay implements Callable<Integer> {
    private static final int EVENTS_A_REQUEST = 500;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    @Option(
            names = "--tracker",
            paramLabel = "URL",
            defaultValue = "${env:SLUICE_TRACKER_URL:-http://127.0.0.1:7100}",
            description = "Its address (default ${DEFAULT-VALUE}; SLUICE_TRACKER_URL).")
    @SuppressWarnings("NullAway.Init") // It has a default.
    private URI tracker;

    @Option(
            names = "--write-key-file",
            paramLabel = "F",
            required = true,
            description = "File with a write key of the account.")
    @SuppressWarnings("NullAway.Init") // Required.
    private Path writeKeyFile;

    @Option(
            names = "--account",
            paramLabel = "A",
            required = true,
            description = "Whose write key it is: lines of other accounts, and of unknown ones, are not sent.")
    @SuppressWarnings("NullAway.Init") // Required.
    private String account;

    @Option(
            names = "--unknown-account",
            description = "Send lines whose account is unknown as well, as this account's: anybody may have sent them,"
                    + " so only such as you have read.")
    private boolean unknownAccount;

    @Option(
            names = "--give-up-after",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long one batch is tried while the tracker has no room (default ${DEFAULT-VALUE}).")
    private int giveUpAfterSeconds;

    @Parameters(paramLabel = "FILE", description = "As export wrote it, corrected.")
    @SuppressWarnings("NullAway.Init") // Required.
    private Path file;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private RejectedCommand parent;

    private final List<byte[]> waiting = new ArrayList<>();
    private final List<Integer> linesOf = new ArrayList<>();
    private int waitingBytes;
    private long accepted;
    private long refused;
    private long ofOthers;
    private long ofUnknown;

    @Override
    public Integer call() {
        var settings = new BatchSender.Settings(
                tracker(), WriteKeyFile.read(writeKeyFile), Duration.ofSeconds(giveUpAfterSeconds), FIRST_WAIT, false);
        try (var sender = new BatchSender(settings, RandomGenerator.getDefault());
                BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var client = new BatchPosting(sender);
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    take(number, line, client);
                }
            }
            send(client);
        } catch (IOException e) {
            throw Failure.wrongUse(file + " cannot be read: " + e.getClass().getSimpleName());
        }
        parent.out()
                .printf(
                        Locale.ROOT,
                        "%d events accepted, %d refused, %d lines of other accounts, %d of unknown ones%n",
                        accepted,
                        refused,
                        ofOthers,
                        ofUnknown);
        return refused > 0 ? Failure.NOT_ALL : 0;
    }

    private URI tracker() {
        if (tracker.getHost() == null || !String.valueOf(tracker.getScheme()).matches("https?")) {
            throw Failure.wrongUse("--tracker must be an address like https://events.example.com");
        }
        return tracker;
    }

    private void take(int number, String line, BatchPosting client) {
        try {
            CorrectableLine rejected = CorrectableLine.read(line.getBytes(StandardCharsets.UTF_8));
            if (rejected.account().isEmpty() && !unknownAccount) {
                ofUnknown++;
                return;
            }
            if (!rejected.account().isEmpty() && !rejected.account().equals(account)) {
                ofOthers++;
                return;
            }
            for (Value.Fields event : rejected.events()) {
                byte[] json = json(event);
                if (waiting.size() == EVENTS_A_REQUEST || waitingBytes + json.length > BatchPosting.BATCH_BYTES) {
                    send(client);
                }
                waiting.add(json);
                waitingBytes += json.length + 1;
                linesOf.add(number);
            }
        } catch (MalformedException e) {
            refuse(number, "not_correctable", String.valueOf(e.getMessage()));
        }
    }

    private static byte[] json(Value.Fields event) {
        return JsonText.writeObject(json -> event.fields().forEach((name, value) -> {
            json.writeName(name);
            JsonText.write(json, value);
        }));
    }

    private void send(BatchPosting client) {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Integer, Problem> refusals = client.post(waiting).refused();
        refusals.forEach((index, problem) -> refuse(linesOf.get(index), problem.code(), problem.message()));
        accepted += waiting.size() - refusals.size();
        waiting.clear();
        waitingBytes = 0;
        linesOf.clear();
    }

    private void refuse(int line, String code, String message) {
        refused++;
        parent.err().println(file + ":" + line + ": " + code + ": " + message);
    }
}
