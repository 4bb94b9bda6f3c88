package dev.sluice.model.profile;

import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Joins what was settled of two who turned out to be one. Their settled events are gone, so this is as near as it can come:
 * no trait, row or statistic is lost, the later told wins; what was entered for good stays, since the earlier moment; of one
 * group the later entered stays. Memberships of kind live stay until the next step, which judges them by the events of both.
 * Joining the same again changes nothing. Immutable.
 */
final class Settled {
    private final Map<String, Segment> byId;

    Settled(RuleSet rules) {
        this.byId = rules.byId();
    }

    /** Both are as of the same place in time. */
    FoldState joined(FoldState base, FoldState other) {
        boolean isLater = other.at().isAfter(base.at());
        return new FoldState(
                base.at(),
                base.lastId(),
                isLater ? overlay(base.traits(), other.traits()) : overlay(other.traits(), base.traits()),
                newer(base.row(), other.row()),
                newer(base.statistics(), other.statistics()),
                memberships(base.memberships(), other.memberships()),
                past(base.past(), other.past()),
                Stream.concat(base.due().stream(), other.due().stream()).min(Comparator.naturalOrder()));
    }

    private Map<String, Membership> memberships(Map<String, Membership> base, Map<String, Membership> other) {
        Map<String, Membership> joined = new TreeMap<>(base);
        other.forEach((segment, membership) -> {
            joined.merge(segment, membership, Settled::earlier);
        });
        Map<String, String> holders = new HashMap<>();
        joined.forEach((segment, membership) -> group(segment)
                .ifPresent(
                        group -> holders.merge(group, segment, (one, two) -> isLater(joined, two, one) ? two : one)));
        joined.keySet()
                .removeIf(segment -> group(segment)
                        .filter(group -> !segment.equals(holders.get(group)))
                        .isPresent());
        return joined;
    }

    private Optional<String> group(String segment) {
        Segment known = byId.get(segment);
        return known != null && known.kind() instanceof Segment.Overwrite overwrite
                ? Optional.of(overwrite.group())
                : Optional.empty();
    }

    private static boolean isLater(Map<String, Membership> all, String segment, String than) {
        Membership one = all.get(segment);
        Membership other = all.get(than);
        return one != null && other != null && one.since().isAfter(other.since());
    }

    private static Membership earlier(Membership one, Membership other) {
        boolean direct = one.direct() || other.direct();
        Membership first = other.since().isBefore(one.since()) ? other : one;
        return new Membership(first.since(), first.ruleSet(), direct);
    }

    private static List<PastMembership> past(List<PastMembership> base, List<PastMembership> other) {
        List<PastMembership> all = Stream.concat(base.stream(), other.stream())
                .distinct()
                .sorted(Comparator.comparing(PastMembership::until).thenComparing(PastMembership::segment))
                .toList();
        return all.subList(Math.max(0, all.size() - FoldState.MAX_PAST), all.size());
    }

    private static Snapshot newer(Snapshot one, Snapshot other) {
        return other.version() > one.version() ? other : one;
    }

    private static Value.Fields overlay(Value.Fields under, Value.Fields over) {
        Value.Fields all = under;
        for (Map.Entry<String, Value> field : over.fields().entrySet()) {
            all = all.with(field.getKey(), field.getValue());
        }
        return all;
    }
}
