package dev.sluice.tracker.intake;

import dev.sluice.tracker.Slice;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The library that made the events of one request, as {@code context.library.name} says it in an event's own context or else
 * in the batch's. Asked only of requests that may have waited in a queue; these come many at a time, when a network is back.
 * Events of one client mostly have the same context, of which it is read once. Used by one thread.
 */
final class ClientLibrary {
    private final CommonContext common;
    private @Nullable Slice last;
    private Optional<String> ofLast = Optional.empty();

    ClientLibrary(CommonContext common) {
        this.common = common;
    }

    /** Of an event that was found good; empty if nothing is said, or nothing that is a name. */
    Optional<String> of(Draft draft) {
        int member = draft.find(Field.CONTEXT);
        if (member < 0) {
            return name(common.find("library"));
        }
        var context = new Slice(draft.body(), draft.valueFrom(member), draft.memberTo(member));
        if (last == null || !same(last, context)) {
            ofLast = name(ObjectMembers.find(context, "library").or(() -> common.find("library")));
            last = context;
        }
        return ofLast;
    }

    private static boolean same(Slice one, Slice other) {
        return Arrays.equals(one.body(), one.start(), one.end(), other.body(), other.start(), other.end());
    }

    private static Optional<String> name(Optional<Slice> library) {
        return library.filter(value -> value.body()[value.start()] == '{')
                .flatMap(value -> ObjectMembers.find(value, "name"))
                .flatMap(ObjectMembers::text);
    }
}
