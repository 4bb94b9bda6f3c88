package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.model.plan.SourceKey;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import dev.sluice.rules.PlanDiff;
import dev.sluice.rules.PlanSubmission;
import dev.sluice.rules.Remarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
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

/** The commands of tracking plans; those that publish need the token. */
final class PlanCommands {
    private static final String NUMBER = "[1-9][0-9]{0,8}";
    private static final String CURRENT = "current";
    private static final int NOT_FOUND = 404;
    private static final int KEY_BYTES = 20;

    private PlanCommands() {}

    @Command(
            name = "key",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Makes a write key, for the application, and what of it goes into the plan. Nothing keeps the key.")
    static final class Key implements Callable<Integer> {
        @Option(names = "--of", paramLabel = "KEY", description = "A write key that is in use already.")
        private @Nullable String known;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            String key = known == null ? fresh() : known;
            PrintWriter out = spec.commandLine().getOut();
            out.println("write key, for the application: " + key);
            out.println("for the plan: {\"sha256\": \"" + SourceKey.hash(key) + "\"}");
            return 0;
        }

        private static String fresh() {
            byte[] bytes = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Writes a published plan as a file for people: the same plan always gives the same text.")
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
                String text = PrettyJson.of(content(bundle(console, number)));
                if (file == null) {
                    spec.commandLine().getOut().print(text);
                    spec.commandLine().getOut().flush();
                } else {
                    Files.writeString(file, text, StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw Failure.wrongUse(file + " cannot be written: " + Wording.why(e));
            }
            return 0;
        }
    }

    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Says everything that is wrong with a file. Needs no console.")
    static final class Validate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "{\"sources\": [...], ...}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            RuleFile plan = RuleFile.read(file);
            PlanSubmission submission = read(plan, new Remarks(Optional.empty(), Optional.empty(), true));
            spec.commandLine()
                    .getOut()
                    .println(file + ": valid, "
                            + sources(submission.plan().orElseThrow().sources().size()));
            return 0;
        }
    }

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes a file as the account's next tracking plan; trackers keep to it within seconds.")
    static final class Publish implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "FILE", description = "{\"sources\": [...], ...}, as export writes it.")
        @SuppressWarnings("NullAway.Init") // Required.
        private Path file;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            RuleFile plan = RuleFile.read(file);
            Remarks remarks = publishing.remarks();
            PlanSubmission looked = read(plan, remarks);
            try (Console console = where.open(publishing.tokenFile())) {
                Console.Answer answer =
                        console.change("tracking-plans", plan.with(looked.remarks()), publishing.over());
                if (answer.json().find("problems").isPresent()) {
                    throw Failure.refused(plan.lines(answer.json(), "problems"));
                }
                published(spec, answer);
            }
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
                Value.Fields page = ReadingCommands.expected(console.get("tracking-plans?limit=" + limit));
                if (page.list("numbers").isEmpty()) {
                    // Not where lines are counted.
                    spec.commandLine()
                            .getErr()
                            .println("account " + console.account() + " has published no tracking plan yet");
                }
                page.innerList("trackingPlans")
                        .forEach(plan -> spec.commandLine()
                                .getOut()
                                .println(Wording.publication(
                                        plan, sources(plan.find("sources").isPresent() ? plan.whole("sources") : 0))));
            }
            return 0;
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description =
                    "Says what differs, + added, - removed, ~ changed, and what applications that are out there may"
                            + " trip over.")
    static final class Diff implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Parameters(
                arity = "1..2",
                paramLabel = "N|FILE",
                description =
                        "What to compare, old and new, each a number or a file. One number: with the current plan;"
                                + " one file: the current plan with it.")
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
                PlanDiff diff = PlanDiff.between(plan(console, before), plan(console, after));
                PrintWriter out = spec.commandLine().getOut();
                diff.removed().forEach(name -> out.println("- " + name));
                diff.added().forEach(name -> out.println("+ " + name));
                diff.changed().forEach(name -> out.println("~ " + name));
                diff.warnings()
                        .forEach(warning -> out.println("warning: " + warning.path() + ": " + warning.message()));
                out.println(diff.same() + (diff.same() == 1 ? " part is the same" : " parts are the same"));
            }
            return 0;
        }

        private static TrackingPlan plan(Console console, String side) {
            if (side.equals(CURRENT) || side.matches(NUMBER)) {
                return TrackingPlanJson.read(content(bundle(console, side)));
            }
            return read(RuleFile.read(Path.of(side)), new Remarks(Optional.empty(), Optional.empty(), true))
                    .plan()
                    .orElseThrow();
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Publishes the content of an earlier tracking plan again, under the next number.")
    static final class Rollback implements Callable<Integer> {
        @Mixin
        private ConsoleOptions.Where where = new ConsoleOptions.Where();

        @Mixin
        private ConsoleOptions.Publishing publishing = new ConsoleOptions.Publishing();

        @Parameters(paramLabel = "N", description = "Number of the earlier tracking plan.")
        private int number;

        @Spec
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private CommandSpec spec;

        @Override
        public Integer call() {
            byte[] body = publishing.rollback();
            try (Console console = where.open(publishing.tokenFile())) {
                published(spec, console.change("tracking-plans/" + number + "/rollback", body, publishing.over()));
            }
            return 0;
        }
    }

    /** @throws Failure with all that is wrong */
    private static PlanSubmission read(RuleFile file, Remarks remarks) {
        PlanSubmission submission = PlanSubmission.read(file.with(remarks));
        if (!submission.problems().isEmpty()) {
            throw Failure.refused(file.lines(submission.problems()));
        }
        return submission;
    }

    private static Value.Fields bundle(Console console, String number) {
        Console.Answer answer = console.get("tracking-plans/" + number);
        if (answer.status() == NOT_FOUND) {
            throw Failure.refused(List.of("account " + console.account() + " has "
                    + (number.equals(CURRENT) ? "published no tracking plan yet" : "no tracking plan " + number)));
        }
        return ReadingCommands.expected(answer);
    }

    /** What an author writes of it. */
    private static Value.Fields content(Value.Fields bundle) {
        return bundle.with("v", Value.NOTHING).with("account", Value.NOTHING).with("number", Value.NOTHING);
    }

    private static String sources(long count) {
        return count == 1 ? "1 source" : count + " sources";
    }

    private static void published(CommandSpec spec, Console.Answer answer) {
        Value.Fields json = ReadingCommands.expected(answer);
        PrintWriter out = spec.commandLine().getOut();
        out.println("published tracking plan " + json.whole("number") + " of " + json.text("account") + ": "
                + sources(json.whole("sources")) + ", " + json.text("contentHash"));
        json.innerList("warnings")
                .forEach(warning -> out.println("warning: " + warning.text("path") + ": " + warning.text("message")));
        json.list("notes").forEach(note -> {
            if (note instanceof Value.Text text) {
                out.println("note: " + text.text());
            }
        });
    }
}
