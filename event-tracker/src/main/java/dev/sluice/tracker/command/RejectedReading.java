package dev.sluice.tracker.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.RejectedEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The commands that change nothing. Only {@code show} and {@code export} give away what was sent. */
final class RejectedReading {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:00").withZone(ZoneOffset.UTC);

    private RejectedReading() {}

    private static int status(int unreadable) {
        if (unreadable > 0) {
            throw Failure.notAll(unreadable + " objects could not be read");
        }
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Counts them by hour (UTC), account and reason.")
    static final class ListThem implements Callable<Integer> {
        @Mixin
        private LakeOptions where = new LakeOptions();

        @Mixin
        private RejectedCommand.Which which = new RejectedCommand.Which();

        @Option(names = "--events", description = "Each on a line, with its id and the reason for people.")
        private boolean events;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private RejectedCommand parent;

        @Override
        public Integer call() {
            Map<String, Long> counts = new TreeMap<>();
            var all = new AtomicLong();
            int unreadable;
            try (Lakes.Lake lake = where.open(parent.lakes())) {
                unreadable = new RejectedInput(lake.bucket()).find(which.query(parent.now()), found -> {
                    all.incrementAndGet();
                    if (events) {
                        parent.out().println(line(found));
                    } else {
                        counts.merge(group(found.event()), 1L, Long::sum);
                    }
                });
            }
            counts.forEach((group, count) -> parent.out().printf(Locale.ROOT, "%s %9d%n", group, count));
            parent.out().println(all + " rejected");
            return status(unreadable);
        }

        private static String group(RejectedEvent event) {
            String account = event.account().isEmpty() ? "-" : event.account();
            return String.format(Locale.ROOT, "%s %-32s %-24s", HOUR.format(event.receivedAt()), account, event.code());
        }

        private static String line(RejectedInput.Found found) {
            RejectedEvent event = found.event();
            String account = event.account().isEmpty() ? "-" : event.account();
            return event.receivedAt() + " " + account + " " + event.code() + " " + event.bytes().length + " bytes "
                    + found.id() + " " + event.message();
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Prints one with what was sent: it may hold personal data. A write key in it is left out.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private LakeOptions where = new LakeOptions();

        @Parameters(paramLabel = "ID", description = "As list --events prints it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private String id;

        @Option(names = "--bytes", description = "The original bytes in base64, with everything.")
        private boolean bytes;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private RejectedCommand parent;

        @Override
        public Integer call() {
            try (Lakes.Lake lake = where.open(parent.lakes())) {
                RejectedInput.Found found = new RejectedInput(lake.bucket()).one(id);
                byte[] shown = bytes
                        ? JsonText.writeObject(json -> json.writeStringProperty(
                                "base64",
                                Base64.getEncoder().encodeToString(found.event().bytes())))
                        : CorrectableLine.of(found);
                parent.out().println(new String(shown, StandardCharsets.UTF_8));
            }
            return 0;
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Writes them to a file, a JSON line each, to be corrected in \"body\" and replayed. It may hold"
                            + " personal data; only its owner may read it.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private LakeOptions where = new LakeOptions();

        @Mixin
        private RejectedCommand.Which which = new RejectedCommand.Which();

        @Parameters(paramLabel = "FILE", description = "Must not exist.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private RejectedCommand parent;

        @Override
        public Integer call() {
            var written = new AtomicLong();
            int unreadable;
            try (Lakes.Lake lake = where.open(parent.lakes());
                    OutputStream out = ownersFile(file)) {
                unreadable = new RejectedInput(lake.bucket()).find(which.query(parent.now()), found -> {
                    write(out, CorrectableLine.of(found));
                    written.incrementAndGet();
                });
            } catch (IOException | UncheckedIOException e) {
                throw Failure.wrongUse(file + " cannot be written (it must not exist): "
                        + e.getClass().getSimpleName());
            }
            parent.out().println(written + " written to " + file);
            return status(unreadable);
        }

        private static OutputStream ownersFile(Path file) throws IOException {
            // Made so, not made private afterwards: in between others could open it.
            var made = Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new BufferedOutputStream(Channels.newOutputStream(made));
        }

        private static void write(OutputStream out, byte[] line) {
            try {
                out.write(line);
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
