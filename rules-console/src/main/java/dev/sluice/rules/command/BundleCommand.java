package dev.sluice.rules.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has, whatever kind of bundle it is for: the kind's files, and where it writes. Ends with 0 or a {@link Failure}. */
abstract class BundleCommand<B> implements Callable<Integer> {
    private final BundleFiles<B> files;

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    BundleCommand(BundleFiles<B> files) {
        this.files = files;
    }

    /** @throws Failure if it could not do what it should */
    abstract void run();

    @Override
    public final Integer call() {
        run();
        return 0;
    }

    final BundleFiles<B> files() {
        return files;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** For what is not to be counted with the lines that were asked for. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
