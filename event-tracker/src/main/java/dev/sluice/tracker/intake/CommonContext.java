package dev.sluice.tracker.intake;

import dev.sluice.tracker.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A batch's context, merged under each event's own: of two fields of the same name at the top of the context the
 * event's wins whole.
 *
 * @param fields in order
 */
record CommonContext(List<Member> fields) {
    static final CommonContext NONE = new CommonContext(List.of());

    /**
     * One field.
     *
     * @param name as text
     * @param bytes name, colon and value, compact
     */
    record Member(String name, byte[] bytes) {}

    CommonContext {
        fields = List.copyOf(fields);
    }

    /** Of an object that was found good. */
    static CommonContext read(Slice object) {
        var fields = new ArrayList<Member>();
        var compact = new LineBuffer();
        ObjectMembers.of(object, (name, from, to) -> {
            compact.clear();
            compact.putCompact(object.body(), from, to);
            fields.add(new Member(name, compact.copy()));
        });
        return new CommonContext(fields);
    }

    /** The value of the field of this name. */
    Optional<Slice> find(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(field -> ObjectMembers.value(field.bytes(), 0, field.bytes().length))
                .findFirst();
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Appends the fields whose names are not in {@code except}, each with a comma behind it. */
    void put(Set<String> except, LineBuffer into) {
        for (Member field : fields) {
            if (!except.contains(field.name())) {
                into.put(field.bytes());
                into.put(',');
            }
        }
    }
}
