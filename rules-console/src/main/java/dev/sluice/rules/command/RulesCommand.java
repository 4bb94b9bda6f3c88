package dev.sluice.rules.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice rules}. */
@Command(
        name = "./sluice rules",
        mixinStandardHelpOptions = true,
        version = "Sluice 0.1.0",
        usageHelpAutoWidth = true,
        description = "Rule sets as files, for people who keep them in git.",
        subcommands = {
            ReadingCommands.Export.class,
            ReadingCommands.Validate.class,
            PublishingCommands.Publish.class,
            ReadingCommands.History.class,
            ReadingCommands.Diff.class,
            PublishingCommands.Rollback.class
        },
        footer = {
            "",
            "Exit status: 0 done; 1 refused, each problem on a line file:path: message; 2 the command is wrong;",
            "3 the console does not answer."
        })
public final class RulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs a command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new RulesCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(RulesCommand::failed)
                .execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    /** What a command that ended otherwise than asked for says, and its exit status. */
    static int failed(Exception failure, CommandLine command, CommandLine.ParseResult any) throws Exception {
        if (!(failure instanceof Failure expected)) {
            throw failure;
        }
        command.getErr().println(Objects.requireNonNull(expected.getMessage()));
        return expected.status();
    }
}
