package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;
import dev.sluice.tracker.EventPolicy;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;

/** Asks a source's policy about an event, if it has one that minds. Stateless. */
final class PolicyQuestion {
    private PolicyQuestion() {}

    /**
     * What the policy puts in the place of the client's object.
     *
     * @throws RefusedInput if the policy refuses the event
     */
    static StoredForm.Replaced ask(EventPolicy policy, EventType type, Draft draft) {
        if (policy.allowsAll()) {
            return StoredForm.Replaced.NOTHING;
        }
        int member = object(type, draft);
        Slice object = member < 0
                ? Slice.EMPTY_OBJECT
                : new Slice(draft.body(), draft.valueFrom(member), draft.memberTo(member));
        return switch (policy.judge(type, name(type, draft), object)) {
            case EventPolicy.Ruling.Keep keep -> StoredForm.Replaced.NOTHING;
            case EventPolicy.Ruling.Replace(byte[] replacement) -> new StoredForm.Replaced(member, replacement);
            case EventPolicy.Ruling.Refuse(Problem problem) -> throw new RefusedInput(problem);
        };
    }

    private static int object(EventType type, Draft draft) {
        return switch (type) {
            case TRACK, PAGE, SCREEN -> draft.find(Field.PROPERTIES);
            case IDENTIFY, GROUP -> draft.find(Field.TRAITS);
            case ALIAS, USER_PROFILE, STATISTICS -> -1;
        };
    }

    private static String name(EventType type, Draft draft) {
        return switch (type) {
            case TRACK -> draft.text(Field.EVENT).orElse("");
            case PAGE, SCREEN -> pageName(draft);
            case IDENTIFY, GROUP, ALIAS, USER_PROFILE, STATISTICS -> "";
        };
    }

    private static String pageName(Draft draft) {
        int member = draft.find(Field.NAME);
        if (member < 0 || draft.body()[draft.valueFrom(member)] != '"') {
            return "";
        }
        // Whether there are escapes was not noted: without any the result is the same.
        return StringBytes.text(draft.body(), draft.valueFrom(member) + 1, draft.memberTo(member) - 1, true);
    }
}
