package dev.sluice.tracker.command;

import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;

/** Runs a command line: expected failures become one line and an exit status. */
final class CommandRun {
    private CommandRun() {}

    static int of(Object command, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(CommandRun::failed)
                .execute(args);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult any) throws Exception {
        if (!(failure instanceof Failure expected)) {
            throw failure;
        }
        command.getErr().println(Objects.requireNonNull(expected.getMessage()));
        return expected.status();
    }
}
