package dev.sluice.rules;

import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of bundles whose content is one JSON object that an author writes, as it is. Stateless.
 *
 * @param <B> the kind
 */
public interface AuthoredKind<B> extends BundleKind<B> {
    /** Below an account in the console's addresses: {@code tracking-plans}. */
    String path();

    /** What stands in the codes of refusals: {@code tracking_plan}. */
    String code();

    /** The key of the list of what was published. */
    String listed();

    /** What people call one part: {@code source}; several are that and an s. */
    String part();

    /** @throws InvalidBundleException with all that is wrong */
    B readContent(Value.Fields content);

    /** The same content as another publication. */
    B as(B bundle, String account, int number);

    /** What an account has before its first publication; empty if that cannot be said in a bundle. */
    Optional<B> none();

    /** What publishing it would stop, if it is as good as none. */
    Optional<Problem> emptiness(B bundle);

    /** Its parts by their names, in one spelling. */
    Map<String, Value> named(B bundle);

    /** The keys that let somebody in, by their hashes. */
    List<NamedKey> keys(B bundle);

    /** What the names of the claims of all of them begin with. */
    String claims();

    /** What is probably not meant, as far as it alone shows it. */
    List<BundleProblem> doubts(B bundle);

    /** What those who rely on the one before may trip over. */
    List<BundleProblem> changes(B before, B after);

    /** What of a change is wrong, whatever else holds; nothing is published then. */
    default List<BundleProblem> refusals(B before, B after) {
        return List.of();
    }

    /** The key of the count of parts in answers. */
    default String parts() {
        return part() + "s";
    }

    /** {@code 1 source}, {@code 2 sources}. */
    default String counted(long count) {
        return count + " " + (count == 1 ? part() : parts());
    }
}
