package dev.sluice.rules.command;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.rules.Remarks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that change nothing in the console, of any kind of bundle: none needs the token. */
final class Reading {
    private Reading() {}

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Writes a published ${bundle:noun} as a file for people: the same always gives the same text.")
    static final class Export<B> extends BundleCommand<B> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Option(
                names = "--number",
                paramLabel = "N",
                defaultValue = "current",
                description = "Which one (default ${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String number;

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "Standard output without it.")
        private @Nullable Path file;

        Export(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            if (!number.matches(Published.NUMBER + "|" + Published.CURRENT)) {
                throw Failure.wrongUse("--number must be a number or current");
            }
            try (Console console = where.open()) {
                Value.Fields bundle = new Published<>(files(), console).bundle(number);
                write(PrettyJson.of(files().content(bundle)));
            }
        }

        private void write(String text) {
            if (file == null) {
                out().print(text);
                out().flush();
                return;
            }
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw Failure.wrongUse(file + " cannot be written: " + Wording.why(e));
            }
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Says everything that is wrong with a file. Needs no console.")
    static final class Validate<B> extends BundleCommand<B> {
        @Option(names = "--allow-empty", description = "One without ${bundle:parts} is meant.")
        private boolean allowEmpty;

        @Parameters(paramLabel = "FILE", description = "A ${bundle:noun}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        Validate(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            RuleFile read = RuleFile.read(file);
            BundleFiles.Looked<B> looked =
                    looked(files(), read, new Remarks(Optional.empty(), Optional.empty(), allowEmpty));
            read.lines(looked.warnings()).forEach(line -> out().println("warning: " + line));
            out().println(file + ": valid, " + files().counted(looked.parts()));
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists what was published, newest first.")
    static final class History<B> extends BundleCommand<B> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many, up to 100 (default ${DEFAULT-VALUE}).")
        private int limit;

        History(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            try (Console console = where.open()) {
                Value.Fields page = Published.expected(console.get(files().path() + "?limit=" + limit));
                if (page.list("numbers").isEmpty()) {
                    // Not where lines are counted.
                    err().println("account " + console.account() + " has published no " + files().noun() + " yet");
                }
                for (Value.Fields entry : page.innerList(files().listed())) {
                    long parts = entry.find(files().parts()).isPresent() ? entry.whole(files().parts()) : 0;
                    out().println(Wording.publication(entry, files().column(parts)));
                }
            }
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Says what differs: + added, - removed, ~ changed.")
    static final class Diff<B> extends BundleCommand<B> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Parameters(
                arity = "1..2",
                paramLabel = "N|FILE",
                description = "What to compare, old and new, each a number or a file. One number: with the current"
                        + " ${bundle:noun}; one file: the current ${bundle:noun} with it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private List<String> sides;

        Diff(BundleFiles<B> files) {
            super(files);
        }

        @Override
        void run() {
            String first = sides.getFirst();
            boolean onlyFile = sides.size() == 1 && !first.matches(Published.NUMBER);
            String before = onlyFile ? Published.CURRENT : first;
            String after = onlyFile || sides.size() == 2 ? sides.getLast() : Published.CURRENT;
            try (Console console = where.open()) {
                var published = new Published<>(files(), console);
                files().diff(side(published, before), side(published, after)).forEach(out()::println);
            }
        }

        private B side(Published<B> published, String side) {
            if (side.equals(Published.CURRENT) || side.matches(Published.NUMBER)) {
                return published(published, side);
            }
            return looked(files(), RuleFile.read(Path.of(side)), new Remarks(Optional.empty(), Optional.empty(), true))
                    .bundle()
                    .orElseThrow();
        }

        private B published(Published<B> published, String number) {
            Optional<B> none = files().none();
            // Before the first publication everything is new.
            if (number.equals(Published.CURRENT) && none.isPresent() && !published.hasAny()) {
                return none.get();
            }
            try {
                return files().read(published.bundle(number));
            } catch (InvalidRuleException | InvalidBundleException | MalformedException e) {
                throw Failure.refused(
                        List.of(files().noun() + " " + number + ": this release cannot read it: " + e.getMessage()));
            }
        }
    }

    /** @throws Failure with all that is wrong */
    static <B> BundleFiles.Looked<B> looked(BundleFiles<B> files, RuleFile file, Remarks remarks) {
        BundleFiles.Looked<B> looked = files.look(file, remarks);
        if (!looked.problems().isEmpty()) {
            throw Failure.refused(file.lines(looked.problems()));
        }
        return looked;
    }
}
