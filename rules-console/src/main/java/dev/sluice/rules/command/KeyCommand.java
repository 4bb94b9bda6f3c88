package dev.sluice.rules.command;

import dev.sluice.model.bundle.KeyHash;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key that lets somebody in. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = "Makes a key, for whoever is let in, and what of it is published. Nothing keeps the key.")
final class KeyCommand implements Callable<Integer> {
    private static final int KEY_BYTES = 20;

    private final String key;
    private final String place;

    @Option(names = "--of", paramLabel = "KEY", description = "A key that is in use already.")
    private @Nullable String known;

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    /**
     * A command that makes keys.
     *
     * @param key what kind of key, and for whom
     * @param place where its hash is published
     */
    KeyCommand(String key, String place) {
        this.key = key;
        this.place = place;
    }

    @Override
    public Integer call() {
        String made = known == null ? fresh() : known;
        PrintWriter out = spec.commandLine().getOut();
        out.println(key + ": " + made);
        out.println(place + ": {\"sha256\": \"" + KeyHash.of(made) + "\"}");
        return 0;
    }

    private static String fresh() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
