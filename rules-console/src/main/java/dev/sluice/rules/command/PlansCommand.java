package dev.sluice.rules.command;

import dev.sluice.rules.TrackingPlanKind;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/** The command line of {@code ./sluice plans}. */
public final class PlansCommand {
    private PlansCommand() {}

    public static void main(String[] args) {
        Commands.main(line(), args);
    }

    /** Runs a command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return Commands.run(line(), out, err, args);
    }

    private static CommandLine line() {
        return Commands.of(
                "./sluice plans",
                new AuthoredFiles<>(TrackingPlanKind.TRACKING_PLANS),
                Optional.of(new KeyCommand("write key, for the application", "for the plan")));
    }
}
