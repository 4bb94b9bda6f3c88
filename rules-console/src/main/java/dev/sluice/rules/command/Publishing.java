package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.rules.Remarks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that publish, of any kind of bundle: both need the token. */
final class Publishing {
    private Publishing() {}

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes a file as the account's next ${bundle:noun}; programs keep to it within seconds.")
    static final class Publish<B> implements Callable<Integer> {
        private final BundleFiles<B> files;

        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "FILE", description = "A ${bundle:noun}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        Publish(BundleFiles<B> files) {
            this.files = files;
        }

        @Override
        public Integer call() {
            RuleFile read = RuleFile.read(file);
            Remarks remarks = publishing.remarks();
            Reading.looked(files, read, remarks);
            try (Console console = where.open(publishing.tokenFile())) {
                Console.Answer answer = console.change(files.path(), read.with(remarks), publishing.over());
                if (answer.json().find("problems").isPresent()) {
                    throw Failure.refused(read.lines(answer.json(), "problems"));
                }
                said(files, answer, spec.commandLine().getOut());
            }
            return 0;
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes the content of an earlier ${bundle:noun} again, under the next number.")
    static final class Rollback<B> implements Callable<Integer> {
        private final BundleFiles<B> files;

        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "N", description = "Number of the earlier ${bundle:noun}.")
        private int number;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        Rollback(BundleFiles<B> files) {
            this.files = files;
        }

        @Override
        public Integer call() {
            byte[] body = publishing.rollback();
            try (Console console = where.open(publishing.tokenFile())) {
                Console.Answer answer =
                        console.change(files.path() + "/" + number + "/rollback", body, publishing.over());
                said(files, answer, spec.commandLine().getOut());
            }
            return 0;
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
