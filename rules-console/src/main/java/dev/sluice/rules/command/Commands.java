package dev.sluice.rules.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ListResourceBundle;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of one kind of bundle: the same commands for each kind. */
@Command(
        mixinStandardHelpOptions = true,
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description = "Each ${bundle:noun} as a file, for people who keep them in git.",
        footer = {
            "",
            "Exit status: 0 done; 1 refused, each problem on a line file:path: message; 2 the command is wrong;",
            "3 the console does not answer."
        })
final class Commands implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    private Commands() {}

    /** All commands of a kind, and one that makes keys if it has keys. */
    static CommandLine of(String name, BundleFiles<?> files, Optional<KeyCommand> key) {
        var line = new CommandLine(new Commands()).setCommandName(name);
        key.ifPresent(line::addSubcommand);
        var export = new CommandLine(new Reading.Export<>(files));
        files.exportOptions()
                .ifPresent(
                        options -> export.getCommandSpec().addMixin("form", CommandSpec.forAnnotatedObject(options)));
        return line.addSubcommand(export)
                .addSubcommand(new Reading.Validate<>(files))
                .addSubcommand(new Publishing.Publish<>(files))
                .addSubcommand(new Reading.History<>(files))
                .addSubcommand(new Reading.Diff<>(files))
                .addSubcommand(new Publishing.Rollback<>(files))
                .setResourceBundle(words(files))
                .setExecutionExceptionHandler(Commands::failed);
    }

    /** Runs one on the console of this machine and ends the program with its exit status. */
    static void main(CommandLine line, String... args) {
        System.exit(run(
                line,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one and returns its exit status. */
    static int run(CommandLine line, PrintWriter out, PrintWriter err, String... args) {
        return line.setOut(out).setErr(err).execute(args);
    }

    /** What stands in the help for the kind, and the version. */
    private static ResourceBundle words(BundleFiles<?> files) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                return new Object[][] {
                    {"noun", files.noun()},
                    {"parts", files.parts()},
                    {
                        "release",
                        ResourceBundle.getBundle("dev.sluice.model.release").getString("release")
                    }
                };
            }
        };
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    /** What a command that ended otherwise than asked for says, and its exit status. */
    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult any) throws Exception {
        if (!(failure instanceof Failure expected)) {
            throw failure;
        }
        command.getErr().println(Objects.requireNonNull(expected.getMessage()));
        return expected.status();
    }
}
