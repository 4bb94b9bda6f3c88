package dev.sluice.rules;

import dev.sluice.model.MalformedException;
import dev.sluice.model.bundle.InvalidBundleException;
import dev.sluice.model.plan.TrackingPlan;
import dev.sluice.model.plan.TrackingPlanJson;

/** Tracking plans, as bundles; what they mainly consist of are sources. */
public final class TrackingPlanKind implements BundleKind<TrackingPlan> {
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
}
