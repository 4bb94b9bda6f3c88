package dev.sluice.rules.command;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.rules.Inspection;
import dev.sluice.rules.Remarks;
import dev.sluice.rules.RuleSetDiff;
import dev.sluice.rules.SentenceConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Rule sets, as files. */
final class RuleSetFiles implements BundleFiles<RuleSet> {
    @Option(names = "--sentences", description = "With conditions as sentences; they can be published as they are.")
    private boolean sentences;

    @Override
    public String noun() {
        return "rule set";
    }

    @Override
    public String path() {
        return "rule-sets";
    }

    @Override
    public String listed() {
        return "ruleSets";
    }

    @Override
    public String parts() {
        return "segments";
    }

    @Override
    public String counted(long count) {
        return count == 1 ? "1 segment" : count + " segments";
    }

    @Override
    public String column(long count) {
        return "%5d %-8s".formatted(count, count == 1 ? "segment" : "segments");
    }

    @Override
    public Looked<RuleSet> look(RuleFile file, Remarks remarks) {
        Inspection inspection = file.submission(remarks).inspection();
        return new Looked<>(
                inspection.problems().isEmpty() ? Optional.of(inspection.content()) : Optional.empty(),
                inspection.problems(),
                inspection.segments().size(),
                inspection.warnings());
    }

    @Override
    public Value.Fields content(Value.Fields bundle) {
        Value.Fields content = AuthoredFiles.withoutNames(bundle);
        if (!sentences) {
            return content;
        }
        List<Value> segments = new ArrayList<>();
        content.innerList("segments").forEach(segment -> segments.add(SentenceConditions.write(segment)));
        return content.with("segments", new Value.Many(segments));
    }

    @Override
    public Optional<Object> exportOptions() {
        return Optional.of(this);
    }

    @Override
    public RuleSet read(Value.Fields bundle) {
        return RuleSetJson.read(JsonText.writeObject(out -> bundle.fields().forEach((name, value) -> {
            out.writeName(name);
            JsonText.write(out, value);
        })));
    }

    @Override
    public Optional<RuleSet> none() {
        return Optional.of(new RuleSet("", 0, List.of()));
    }

    @Override
    public List<String> diff(RuleSet before, RuleSet after) {
        RuleSetDiff diff = RuleSetDiff.between(before, after);
        List<String> lines = new ArrayList<>();
        diff.removed().forEach(segment -> lines.add("- " + segment.text("id")));
        diff.added().forEach(segment -> lines.add("+ " + segment.text("id")));
        diff.changed().forEach(change -> lines.add("~ " + change.id() + " (" + String.join(", ", change.what()) + ")"));
        diff.share().ifPresent(share -> lines.add("~ share (" + String.join(", ", share.what()) + ")"));
        lines.add(counted(diff.same()) + (diff.same() == 1 ? " is the same" : " are the same"));
        return lines;
    }
}
