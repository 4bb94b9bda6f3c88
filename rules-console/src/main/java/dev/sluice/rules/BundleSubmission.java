package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import java.util.List;
import java.util.Optional;

/**
 * A bundle that an author sends to be published or looked at, with {@link Remarks} beside its content. Immutable.
 *
 * @param bundle of no account yet; empty if it cannot be read
 * @param problems why; empty if it can be published
 */
public record BundleSubmission<B>(Optional<B> bundle, List<Problem> problems, Remarks remarks) {
    /** Bytes of a bundle that account and number may take. */
    private static final int NAMES = 64;

    public BundleSubmission {
        problems = List.copyOf(problems);
    }

    /**
     * Reads it; what is wrong with the content is in the problems.
     *
     * @throws MalformedException if it is not one JSON object, or a remark is not what it must be
     */
    public static <B> BundleSubmission<B> read(AuthoredKind<B> kind, byte[] body) {
        Value.Fields json = JsonText.readObject(body);
        Remarks remarks = Remarks.read(json);
        Value.Fields content = json;
        for (String remark : Remarks.KEYS) {
            content = content.with(remark, Value.NOTHING);
        }
        try {
            B bundle = kind.readContent(content);
            return new BundleSubmission<>(Optional.of(bundle), problems(kind, bundle, remarks), remarks);
        } catch (InvalidBundleException e) {
            return new BundleSubmission<>(Optional.empty(), problems(e.problems()), remarks);
        }
    }

    /** What speaks against publishing a bundle that is one. */
    public static <B> List<Problem> problems(AuthoredKind<B> kind, B bundle, Remarks remarks) {
        Optional<Problem> emptiness = kind.emptiness(bundle);
        if (emptiness.isPresent() && !remarks.allowEmpty()) {
            return List.of(emptiness.get());
        }
        int bytes = kind.write(bundle).length;
        int most = kind.maxBundle() - NAMES;
        return bytes > most ? List.of(new Problem("", "has " + bytes + " bytes, may have " + most)) : List.of();
    }

    /** As the console says them. */
    public static List<Problem> problems(List<BundleProblem> problems) {
        return problems.stream()
                .map(problem -> new Problem(problem.path(), problem.message()))
                .toList();
    }
}
