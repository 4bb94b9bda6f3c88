package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Remarks;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that publish: both need the token. */
final class PublishingCommands {
    private PublishingCommands() {}

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes a file as the account's next rule set.")
    static final class Publish implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "FILE", description = "{\"segments\": [...]}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            RuleFile rules = RuleFile.read(file);
            Remarks remarks = publishing.remarks();
            List<Problem> problems = rules.submission(remarks).inspection().problems();
            if (!problems.isEmpty()) {
                throw Failure.refused(rules.lines(problems));
            }
            try (Console console = where.open(publishing.tokenFile())) {
                Console.Answer answer = console.change("rule-sets", rules.with(remarks), publishing.over());
                if (answer.json().find("problems").isPresent()) {
                    throw Failure.refused(rules.lines(answer.json(), "problems"));
                }
                published(spec, answer);
            }
            return 0;
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes the content of an earlier rule set again, under the next number.")
    static final class Rollback implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "N", description = "Number of the earlier rule set.")
        private int number;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            byte[] body = publishing.rollback();
            try (Console console = where.open(publishing.tokenFile())) {
                published(spec, console.change("rule-sets/" + number + "/rollback", body, publishing.over()));
            }
            return 0;
        }
    }

    private static void published(CommandSpec spec, Console.Answer answer) {
        Value.Fields json = ReadingCommands.expected(answer);
        var out = spec.commandLine().getOut();
        out.println("published rule set " + json.whole("number") + " of " + json.text("account") + ": "
                + Wording.segments(json.whole("segments")) + ", " + json.text("contentHash"));
        json.list("notes").forEach(note -> {
            if (note instanceof Value.Text text) {
                out.println("note: " + text.text());
            }
        });
    }
}
