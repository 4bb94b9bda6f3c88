package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.bundle.BundleProblem;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.bundle.KeyClaim;
import dev.sluice.model.plan.PlanChanges;
import dev.sluice.model.plan.PlannedSource;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tracking plans, as bundles; what they mainly consist of are sources. */
public final class TrackingPlanKind implements AuthoredKind<TrackingPlan> {
    public static final TrackingPlanKind TRACKING_PLANS = new TrackingPlanKind();

    private TrackingPlanKind() {}

    @Override
    public String noun() {
        return "tracking plan";
    }

    @Override
    public String folder() {
        return "tracking-plans/";
    }

    @Override
    public String entry() {
        return "plan#";
    }

    @Override
    public String path() {
        return "tracking-plans";
    }

    @Override
    public String code() {
        return "tracking_plan";
    }

    @Override
    public String listed() {
        return "trackingPlans";
    }

    @Override
    public String part() {
        return "source";
    }

    @Override
    public int maxBundle() {
        return TrackingPlan.MAX_BUNDLE;
    }

    @Override
    public String account(TrackingPlan plan) {
        return plan.account();
    }

    @Override
    public int number(TrackingPlan plan) {
        return plan.number();
    }

    @Override
    public int parts(TrackingPlan plan) {
        return plan.sources().size();
    }

    @Override
    public byte[] write(TrackingPlan plan) {
        return TrackingPlanJson.write(plan);
    }

    @Override
    public byte[] canonical(TrackingPlan plan) {
        return TrackingPlanJson.writeContent(plan);
    }

    @Override
    public TrackingPlan read(byte[] bundle) {
        try {
            return TrackingPlanJson.read(bundle);
        } catch (InvalidBundleException e) {
            throw new MalformedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public TrackingPlan readContent(Value.Fields content) {
        return TrackingPlanJson.read(content);
    }

    @Override
    public TrackingPlan as(TrackingPlan plan, String account, int number) {
        return plan.as(account, number);
    }

    /** Against nothing, every demand of a plan would look like a new one. */
    @Override
    public Optional<TrackingPlan> none() {
        return Optional.empty();
    }

    @Override
    public Optional<Problem> emptiness(TrackingPlan plan) {
        return plan.sources().isEmpty()
                ? Optional.of(new Problem(
                        "sources",
                        "is empty: only the write keys of the trackers' settings could send; if it is meant, add"
                                + " \"allowEmpty\": true"))
                : Optional.empty();
    }

    /** {@code source ios-app}, {@code event track Card Played}, {@code traits}. */
    @Override
    public Map<String, Value> named(TrackingPlan plan) {
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

    @Override
    public List<NamedKey> keys(TrackingPlan plan) {
        List<NamedKey> keys = new ArrayList<>();
        for (int i = 0; i < plan.sources().size(); i++) {
            PlannedSource source = plan.sources().get(i);
            for (int j = 0; j < source.keys().size(); j++) {
                keys.add(new NamedKey(
                        "sources[" + i + "].keys[" + j + "].sha256",
                        "source " + source.name(),
                        source.keys().get(j).sha256()));
            }
        }
        return keys;
    }

    @Override
    public String claims() {
        return KeyClaim.WRITE_KEYS;
    }

    @Override
    public List<BundleProblem> doubts(TrackingPlan plan) {
        return List.of();
    }

    @Override
    public List<BundleProblem> changes(TrackingPlan before, TrackingPlan after) {
        return PlanChanges.between(before, after);
    }
}
