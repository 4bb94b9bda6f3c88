package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does once, before anyone waits for it, what classifying does: connects, loads classes, teaches Redis the script. The
 * first batch of a cold program took two seconds without it. Leaves nothing behind: what it writes names a version before
 * which there is none, so that every store refuses it. Stores that are away are passed over.
 */
final class WarmUp {
    private static final PersonKey NOBODY = PersonKey.ofUser("warm-up", "nobody");
    private static final int EVENTS = 300;

    private final UserStates states;
    private final Profiles profiles;
    private final Function<RuleSet, Matcher> engine;

    WarmUp(UserStates states, Profiles profiles, Function<RuleSet, Matcher> engine) {
        this.states = states;
        this.profiles = profiles;
        this.engine = engine;
    }

    /** Returns the answers of the refused writes, for a test to see that they were. */
    List<WriteResult> run() {
        Recent recent = fold();
        // First, since what is known of Redis stands in DynamoDB too.
        profiles.read(List.of(NOBODY));
        states.read(List.of(NOBODY));
        WriteResult kept = states.keep(List.of(new UserStates.Change(NOBODY, 1, recent)))
                .getOrDefault(NOBODY, WriteResult.UNREACHABLE);
        states.confirm(Map.of(NOBODY, 0L));
        var cause = new Cause(Cause.Kind.EVENT, "warm-up", Instant.EPOCH, Optional.empty());
        var second = new SegmentedProfile(NOBODY, 2, 0, Instant.EPOCH, "warm-up", Map.of(), cause);
        WriteResult written = profiles.write(List.of(second)).getOrDefault(NOBODY, WriteResult.UNREACHABLE);
        return List.of(kept, written);
    }

    private Recent fold() {
        var filter = EventFilter.track("Warm Up");
        var count = new History.EventCount(filter, new Window.Last(Duration.ofHours(1)), Operator.AT_LEAST, 2);
        var when = new Condition.AllOf(List.of(new Condition.CurrentEvent(filter), count));
        var segment = new Segment("warm", "Warm", new Segment.Live(), Optional.empty(), when);
        var rules = new RuleSet("warm-up", 1, List.of(segment));
        var fold = new Fold(rules, engine.apply(rules));
        var state = new UserState(NOBODY, Recent.NOTHING);
        for (int i = 0; i < EVENTS; i++) {
            Recent recent = fold.take(state, List.of(event(i))).recent();
            state = new UserState(NOBODY, recent);
        }
        return state.recent();
    }

    private static Event event(int minute) {
        Instant time = Instant.EPOCH.plus(Duration.ofMinutes(minute));
        return new Event(
                NOBODY,
                "warm-" + minute,
                EventType.TRACK,
                Optional.of("Warm Up"),
                time,
                time,
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE);
    }
}
