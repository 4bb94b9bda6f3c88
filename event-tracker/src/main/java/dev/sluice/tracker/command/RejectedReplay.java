package dev.sluice.tracker.command;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    private static final int EVENTS_A_REQUEST = 50;

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

    @Parameters(paramLabel = "FILE", description = "As export wrote it, corrected.")
    @SuppressWarnings("NullAway.Init") // Required.
    private Path file;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private RejectedCommand parent;

    private final List<Value.Fields> waiting = new ArrayList<>();
    private final List<Integer> linesOf = new ArrayList<>();
    private long accepted;
    private long refused;
    private long ofOthers;
    private long ofUnknown;

    @Override
    public Integer call() {
        try (var client = new TrackerClient(tracker, writeKeyFile);
                BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
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

    private void take(int number, String line, TrackerClient client) {
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
            for (Value.Fields event : rejected.events(parent.now())) {
                waiting.add(event);
                linesOf.add(number);
                if (waiting.size() == EVENTS_A_REQUEST) {
                    send(client);
                }
            }
        } catch (MalformedException e) {
            refuse(number, "not_correctable", String.valueOf(e.getMessage()));
        }
    }

    private void send(TrackerClient client) {
        if (waiting.isEmpty()) {
            return;
        }
        List<TrackerClient.Refusal> refusals = client.send(waiting);
        refusals.forEach(each -> refuse(linesOf.get(each.index()), each.code(), each.message()));
        accepted += waiting.size() - refusals.size();
        waiting.clear();
        linesOf.clear();
    }

    private void refuse(int line, String code, String message) {
        refused++;
        parent.err().println(file + ":" + line + ": " + code + ": " + message);
    }
}
