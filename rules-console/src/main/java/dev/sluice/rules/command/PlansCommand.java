package dev.sluice.rules.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice plans}. */
@Command(
        name = "./sluice plans",
        mixinStandardHelpOptions = true,
        version = "Sluice 0.1.0",
        usageHelpAutoWidth = true,
        description = "Tracking plans as files, for people who keep them in git.",
        subcommands = {
            PlanCommands.Key.class,
            PlanCommands.Export.class,
            PlanCommands.Validate.class,
            PlanCommands.Publish.class,
            PlanCommands.History.class,
            PlanCommands.Diff.class,
            PlanCommands.Rollback.class
        },
        footer = {
            "",
            "Exit status: 0 done; 1 refused, each problem on a line file:path: message; 2 the command is wrong;",
            "3 the console does not answer."
        })
public final class PlansCommand implements Callable<Integer> {
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
        return new CommandLine(new PlansCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(RulesCommand::failed)
                .execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }
}
