package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.rules.Remarks;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that several commands take. */
final class ConsoleOptions {
    private ConsoleOptions() {}

    /** Which console and which account. */
    static final class Where {
        @Option(
                names = "--console",
                paramLabel = "URL",
                defaultValue = "${env:SLUICE_RULES_CONSOLE_URL:-http://127.0.0.1:7101}",
                description = "Address of the console (default ${DEFAULT-VALUE}; SLUICE_RULES_CONSOLE_URL).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private URI console;

        @Option(
                names = "--account",
                paramLabel = "A",
                defaultValue = "${env:SLUICE_ACCOUNT:-demo}",
                description = "Which account (default ${DEFAULT-VALUE}; SLUICE_ACCOUNT).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String account;

        Console open(Optional<Path> tokenFile) {
            return new Console(console, account, tokenFile);
        }

        Console open() {
            return open(Optional.empty());
        }
    }

    /** What is said along with a publication. */
    static final class Publishing {
        @Option(
                names = "--token-file",
                paramLabel = "F",
                defaultValue = "${env:SLUICE_RULES_TOKEN_FILE:-}",
                description = "File with the bearer token (SLUICE_RULES_TOKEN_FILE).")
        private @Nullable Path tokenFile;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; one line.")
        private @Nullable String reason;

        @Option(names = "--author", paramLabel = "NAME", description = "Who publishes; one line.")
        private @Nullable String author;

        @Option(
                names = "--over",
                paramLabel = "N",
                description = "Publish only if number N is still the current one; 0 for none.")
        private @Nullable Integer over;

        @Option(names = "--allow-empty", description = "One without ${bundle:parts} is meant.")
        private boolean allowEmpty;

        Optional<Path> tokenFile() {
            return Optional.ofNullable(tokenFile)
                    .filter(file -> !file.toString().isEmpty());
        }

        OptionalInt over() {
            return over == null ? OptionalInt.empty() : OptionalInt.of(over);
        }

        /** The body that rolls back, with a reason. */
        byte[] rollback() {
            Remarks remarks = remarks();
            if (remarks.reason().isEmpty()) {
                throw Failure.wrongUse("--reason must say why");
            }
            return JsonText.writeObject(json -> {
                remarks.author().ifPresent(author -> json.writeStringProperty("author", author));
                remarks.reason().ifPresent(reason -> json.writeStringProperty("reason", reason));
                json.writeBooleanProperty("allowEmpty", remarks.allowEmpty());
            });
        }

        Remarks remarks() {
            try {
                return new Remarks(Optional.ofNullable(author), Optional.ofNullable(reason), allowEmpty);
            } catch (MalformedException e) {
                throw Failure.wrongUse("--" + e.getMessage());
            }
        }
    }
}
