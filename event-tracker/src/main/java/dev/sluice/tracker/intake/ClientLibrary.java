package dev.sluice.tracker.intake;

import dev.sluice.tracker.Slice;
import java.util.Optional;

/**
 * The library that made an event, as {@code context.library.name} says it in the event's own context or else in the
 * batch's. Stateless; for the few events of which it is asked.
 */
final class ClientLibrary {
    private ClientLibrary() {}

    /** Of an event that was found good; empty if nothing is said, or nothing that is a name. */
    static Optional<String> of(Draft draft, CommonContext common) {
        int context = draft.find(Field.CONTEXT);
        Optional<Slice> own = context < 0
                ? Optional.empty()
                : ObjectMembers.find(
                        new Slice(draft.body(), draft.valueFrom(context), draft.memberTo(context)), "library");
        return own.or(() -> common.find("library"))
                .filter(library -> library.body()[library.start()] == '{')
                .flatMap(library -> ObjectMembers.find(library, "name"))
                .flatMap(ObjectMembers::text);
    }
}
