package dev.sluice.rules.command;

import dev.sluice.model.Value;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.rules.Problem;
import dev.sluice.rules.Remarks;
import java.util.List;
import java.util.Optional;

/**
 * What differs between the kinds of bundles when they are files: all that the commands know of a kind.
 *
 * @param <B> the kind
 */
interface BundleFiles<B> {
    /** What people call one: {@code rule set}. */
    String noun();

    /** Below an account in the console's addresses: {@code rule-sets}. */
    String path();

    /** The key of the list of what was published. */
    String listed();

    /** The key of the count of parts in the console's answers. */
    String parts();

    /** {@code 1 segment}, {@code 2 segments}. */
    String counted(long count);

    /** The same in a column of a list. */
    default String column(long count) {
        return counted(count);
    }

    /** What a file comes to, looked at here. */
    Looked<B> look(RuleFile file, Remarks remarks);

    /** What an author would write of a published bundle. */
    Value.Fields content(Value.Fields bundle);

    /** An object with options of how that is written; empty if there are none. */
    default Optional<Object> exportOptions() {
        return Optional.empty();
    }

    /**
     * Reads a published bundle.
     *
     * @throws InvalidRuleException or {@link InvalidBundleException} if this release cannot
     */
    B read(Value.Fields bundle);

    /** What an account has before its first publication; empty if nothing can be compared with that. */
    Optional<B> none();

    /** What differs, a line each. */
    List<String> diff(B before, B after);

    /**
     * A file, looked at.
     *
     * @param bundle empty if there are problems
     * @param problems all that keeps it from being published
     * @param parts how many of what it mainly consists of
     * @param warnings what is probably not meant
     */
    record Looked<B>(Optional<B> bundle, List<Problem> problems, int parts, List<Problem> warnings) {}
}
