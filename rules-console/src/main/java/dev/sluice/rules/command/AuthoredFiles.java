package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.rules.AuthoredKind;
import dev.sluice.rules.BundleDiff;
import dev.sluice.rules.BundleSubmission;
import dev.sluice.rules.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bundles of a kind whose content is one JSON object, as files. Immutable.
 *
 * @param <B> the kind
 */
record AuthoredFiles<B>(AuthoredKind<B> kind) implements BundleFiles<B> {
    /** What stands in a bundle beside what an author writes. */
    private static final List<String> NAMES = List.of("v", "account", "number");

    static Value.Fields withoutNames(Value.Fields bundle) {
        Value.Fields content = bundle;
        for (String name : NAMES) {
            content = content.with(name, Value.NOTHING);
        }
        return content;
    }

    @Override
    public String noun() {
        return kind.noun();
    }

    @Override
    public String path() {
        return kind.path();
    }

    @Override
    public String listed() {
        return kind.listed();
    }

    @Override
    public String parts() {
        return kind.parts();
    }

    @Override
    public String counted(long count) {
        return kind.counted(count);
    }

    @Override
    public Looked<B> look(RuleFile file, Remarks remarks) {
        BundleSubmission<B> submission = BundleSubmission.read(kind, file.with(remarks));
        return new Looked<>(
                submission.problems().isEmpty() ? submission.bundle() : Optional.empty(),
                submission.problems(),
                submission.bundle().map(kind::parts).orElse(0),
                submission
                        .bundle()
                        .map(bundle -> BundleSubmission.problems(kind.doubts(bundle)))
                        .orElse(List.of()));
    }

    @Override
    public Value.Fields content(Value.Fields bundle) {
        return withoutNames(bundle);
    }

    @Override
    public B read(Value.Fields bundle) {
        return kind.readContent(withoutNames(bundle));
    }

    @Override
    public Optional<B> none() {
        return kind.none();
    }

    @Override
    public List<String> diff(B before, B after) {
        BundleDiff diff = BundleDiff.between(kind, before, after);
        List<String> lines = new ArrayList<>();
        diff.removed().forEach(name -> lines.add("- " + name));
        diff.added().forEach(name -> lines.add("+ " + name));
        diff.changed().forEach(name -> lines.add("~ " + name));
        diff.warnings().forEach(warning -> lines.add("warning: " + warning.path() + ": " + warning.message()));
        lines.add(diff.same() + (diff.same() == 1 ? " part is the same" : " parts are the same"));
        return lines;
    }
}
