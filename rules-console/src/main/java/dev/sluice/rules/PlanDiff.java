package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.plan.PlanChanges;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What turns one tracking plan into another, by name: {@code source ios-app}, {@code event track Card Played}, {@code
 * traits}. Immutable.
 *
 * @param warnings what applications that are out there may trip over
 */
public record PlanDiff(
        List<String> removed, List<String> added, List<String> changed, int same, List<Problem> warnings) {
    public static PlanDiff between(TrackingPlan first, TrackingPlan second) {
        Map<String, Value> before = parts(first);
        Map<String, Value> after = parts(second);
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        int same = 0;
        for (Map.Entry<String, Value> part : after.entrySet()) {
            Value old = before.remove(part.getKey());
            if (old == null) {
                added.add(part.getKey());
            } else if (old.equals(part.getValue())) {
                same++;
            } else {
                changed.add(part.getKey());
            }
        }
        return new PlanDiff(
                List.copyOf(before.keySet()),
                List.copyOf(added),
                List.copyOf(changed),
                same,
                PlanSubmission.problems(PlanChanges.between(first, second)));
    }

    private static Map<String, Value> parts(TrackingPlan plan) {
        Value.Fields json = JsonText.readObject(TrackingPlanJson.writeContent(plan));
        Map<String, Value> parts = new LinkedHashMap<>();
        json.fields().forEach((name, value) -> {
            switch (name) {
                case "sources" ->
                    json.innerList(name).forEach(source -> parts.put("source " + source.text("name"), source));
                case "events" ->
                    json.innerList(name)
                            .forEach(event ->
                                    parts.put("event " + event.text("type") + " " + event.text("name"), event));
                default -> parts.put(name, value);
            }
        });
        return parts;
    }
}
