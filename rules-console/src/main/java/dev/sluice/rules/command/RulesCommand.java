package dev.sluice.rules.command;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/** The command line of {@code ./sluice rules}. */
public final class RulesCommand {
    private RulesCommand() {}

    public static void main(String[] args) {
        Commands.main(line(), args);
    }

    /** Runs a command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return Commands.run(line(), out, err, args);
    }

    private static CommandLine line() {
        return Commands.of("./sluice rules", new RuleSetFiles(), Optional.empty());
    }
}
