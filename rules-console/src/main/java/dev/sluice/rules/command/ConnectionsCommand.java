package dev.sluice.rules.command;

import dev.sluice.rules.ConnectionsKind;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/** The command line of {@code ./sluice connections}. */
public final class ConnectionsCommand {
    private ConnectionsCommand() {}

    public static void main(String[] args) {
        Commands.main(line(), args);
    }

    /** Runs a command and returns its exit status. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return Commands.run(line(), out, err, args);
    }

    private static CommandLine line() {
        return Commands.of(
                "./sluice connections",
                new AuthoredFiles<>(ConnectionsKind.CONNECTIONS),
                Optional.of(new KeyCommand("read key, for a server of the account", "for the readKeys, with a name")));
    }
}
