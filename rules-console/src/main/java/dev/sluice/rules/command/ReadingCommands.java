package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.rules.Inspection;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.RuleSetDiff;
import dev.sluice.rules.SentenceConditions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that change nothing in the console: none needs the token. */
final class ReadingCommands {
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final String CURRENT = "current";
    private static final int NOT_FOUND = 404;

    private ReadingCommands() {}

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Writes a published rule set as a file for people: the same rules always give the same text.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Option(
                names = "--number",
                paramLabel = "N",
                defaultValue = "current",
                description = "Which one (default ${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String number;

        @Option(names = "--sentences", description = "With conditions as sentences; they can be published as they are.")
        private boolean sentences;

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "Standard output without it.")
        private @Nullable Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (!number.matches(NUMBER + "|" + CURRENT)) {
                throw Failure.wrongUse("--number must be a number or current");
            }
            try (Console console = where.open()) {
                Value.Fields bundle = bundle(console.get("rule-sets/" + number), console, number);
                var segments = new Value.Many(sentences ? inSentences(bundle) : bundle.list("segments"));
                write(PrettyJson.of(Value.Fields.NONE.with("segments", segments)));
            }
            return 0;
        }

        private static List<Value> inSentences(Value.Fields bundle) {
            List<Value> segments = new ArrayList<>();
            bundle.innerList("segments").forEach(segment -> segments.add(SentenceConditions.write(segment)));
            return segments;
        }

        private void write(String text) {
            if (file == null) {
                spec.commandLine().getOut().print(text);
                spec.commandLine().getOut().flush();
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
    static final class Validate implements Callable<Integer> {
        @Option(names = "--allow-empty", description = "A rule set without segments is meant.")
        private boolean allowEmpty;

        @Parameters(paramLabel = "FILE", description = "{\"segments\": [...]}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            RuleFile rules = RuleFile.read(file);
            var remarks = new Remarks(Optional.empty(), Optional.empty(), allowEmpty);
            Inspection inspection = rules.submission(remarks).inspection();
            if (!inspection.problems().isEmpty()) {
                throw Failure.refused(rules.lines(inspection.problems()));
            }
            PrintWriter out = spec.commandLine().getOut();
            rules.lines(inspection.warnings()).forEach(line -> out.println("warning: " + line));
            out.println(
                    file + ": valid, " + Wording.segments(inspection.segments().size()));
            return 0;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists what was published, newest first.")
    static final class History implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "How many, up to 100 (default ${DEFAULT-VALUE}).")
        private int limit;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Console console = where.open()) {
                Value.Fields page = expected(console.get("rule-sets?limit=" + limit));
                if (page.list("numbers").isEmpty()) {
                    // Not where lines are counted.
                    spec.commandLine()
                            .getErr()
                            .println("account " + console.account() + " has published no rule set yet");
                }
                for (Value.Fields set : page.innerList("ruleSets")) {
                    long segments = set.find("segments").isPresent() ? set.whole("segments") : 0;
                    spec.commandLine()
                            .getOut()
                            .println(Wording.publication(
                                    set, "%5d %-8s".formatted(segments, segments == 1 ? "segment" : "segments")));
                }
            }
            return 0;
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Says which segments differ: + added, - removed, ~ changed and in what.")
    static final class Diff implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Parameters(
                arity = "1..2",
                paramLabel = "N|FILE",
                description = "What to compare, old and new, each a number or a file. One number: with the current rule"
                        + " set; one file: the current rule set with it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private List<String> sides;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            String first = sides.getFirst();
            boolean onlyFile = sides.size() == 1 && !first.matches(NUMBER);
            String before = onlyFile ? CURRENT : first;
            String after = onlyFile || sides.size() == 2 ? sides.getLast() : CURRENT;
            try (Console console = where.open()) {
                lines(RuleSetDiff.between(rules(console, before), rules(console, after)))
                        .forEach(spec.commandLine().getOut()::println);
            }
            return 0;
        }

        private static RuleSet rules(Console console, String side) {
            boolean published = side.equals(CURRENT) || side.matches(NUMBER);
            return published ? published(console, side) : file(RuleFile.read(Path.of(side)));
        }

        private static RuleSet published(Console console, String number) {
            Console.Answer answer = console.get("rule-sets/" + number);
            // Before the first publication everything is new.
            if (number.equals(CURRENT) && answer.status() == NOT_FOUND) {
                return new RuleSet("", 0, List.of());
            }
            Value.Fields bundle = bundle(answer, console, number);
            try {
                return RuleSetJson.read(JsonText.writeObject(
                        out -> bundle.fields().forEach((name, value) -> {
                            out.writeName(name);
                            JsonText.write(out, value);
                        })));
            } catch (InvalidRuleException | MalformedException e) {
                throw Failure.refused(
                        List.of("rule set " + number + ": this release cannot read it: " + e.getMessage()));
            }
        }

        private static RuleSet file(RuleFile rules) {
            Inspection inspection = rules.submission(new Remarks(Optional.empty(), Optional.empty(), true))
                    .inspection();
            if (!inspection.problems().isEmpty()) {
                throw Failure.refused(rules.lines(inspection.problems()));
            }
            return new RuleSet("", 0, inspection.segments());
        }

        private static List<String> lines(RuleSetDiff diff) {
            List<String> lines = new ArrayList<>();
            diff.removed().forEach(segment -> lines.add("- " + segment.text("id")));
            diff.added().forEach(segment -> lines.add("+ " + segment.text("id")));
            diff.changed()
                    .forEach(change -> lines.add("~ " + change.id() + " (" + String.join(", ", change.what()) + ")"));
            lines.add(Wording.segments(diff.same()) + (diff.same() == 1 ? " is the same" : " are the same"));
            return lines;
        }
    }

    private static Value.Fields bundle(Console.Answer answer, Console console, String number) {
        if (answer.status() == NOT_FOUND) {
            throw Failure.refused(List.of("account " + console.account() + " has "
                    + (number.equals(CURRENT) ? "published no rule set yet" : "no rule set " + number)));
        }
        return expected(answer);
    }

    /** @throws Failure with what the console said, if it refused */
    static Value.Fields expected(Console.Answer answer) {
        if (answer.isSuccess()) {
            return answer.json();
        }
        List<String> lines = new ArrayList<>();
        lines.add("refused (" + answer.status() + "): "
                + answer.json().findText("message").orElse("no reason given"));
        answer.json()
                .innerList("problems")
                .forEach(problem -> lines.add(problem.text("path") + ": " + problem.text("message")));
        throw Failure.refused(lines);
    }
}
