package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.rules.Remarks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The commands that publish, of any kind of bundle: both need the token. */
final class Publishing {
    private Publishing() {}

    /** Asks the console for a change, and says what was published. */
    private abstract static class Change<B> extends BundleCommand<B> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        Change(BundleFiles<B> files) {
            super(files);
        }

        final ConsoleOptions.Publishing publishing() {
            return publishing;
        }

        /** @param look throws if the answer is a refusal that is better said in other words */
        final void change(String path, byte[] body, Consumer<Value.Fields> look) {
            try (Console console = where.open(publishing.tokenFile())) {
                Console.Answer answer = console.change(files().path() + path, body, publishing.over());
                look.accept(answer.json());
                said(files(), answer, out());
            }
        }
    }

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes a file as the account's next ${bundle:noun}; programs keep to it within seconds.")
    static final class Publish<B> extends Change<B> {
        @Parameters(paramLabel = "FILE", description = "A ${bundle:noun}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        Publish(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            RuleFile read = RuleFile.read(file);
            Remarks remarks = publishing().remarks();
            Reading.looked(files(), read, remarks);
            change("", read.with(remarks), answer -> {
                if (answer.find("problems").isPresent()) {
                    throw Failure.refused(read.lines(answer, "problems"));
                }
            });
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes the content of an earlier ${bundle:noun} again, under the next number.")
    static final class Rollback<B> extends Change<B> {
        @Parameters(paramLabel = "N", description = "Number of the earlier ${bundle:noun}.")
        private int number;

        Rollback(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            change("/" + number + "/rollback", publishing().rollback(), answer -> {});
        }
    }

    private static void said(BundleFiles<?> files, Console.Answer answer, PrintWriter out) {
        Value.Fields json = Published.expected(answer);
        out.println("published " + files.noun() + " " + json.whole("number") + " of " + json.text("account") + ": "
                + files.counted(json.whole(files.parts())) + ", " + json.text("contentHash"));
        json.innerList("warnings")
                .forEach(warning -> out.println("warning: " + warning.text("path") + ": " + warning.text("message")));
        json.list("notes").forEach(note -> {
            if (note instanceof Value.Text text) {
                out.println("note: " + text.text());
            }
        });
    }
}
