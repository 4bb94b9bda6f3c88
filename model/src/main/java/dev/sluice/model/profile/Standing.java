package dev.sluice.model.profile;

import dev.sluice.model.rules.Answers;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One step of the merge: who is in what after an event, from who was in what before and which conditions are true now.
 * Kinds decide who is in directly; the hierarchy adds every parent. Immutable.
 */
final class Standing {
    private final RuleSet rules;
    private final Map<String, Segment> byId;
    private final Map<String, Integer> places = new HashMap<>();

    Standing(RuleSet rules) {
        this.rules = rules;
        this.byId = rules.byId();
        for (int i = 0; i < rules.segments().size(); i++) {
            places.put(rules.segments().get(i).id(), i);
        }
    }

    /**
     * The memberships before, if the answers change nothing of them: the same object, and nothing is built.
     *
     * <p>Let the step before have been one under these rules, so that of each group at most one held the person, and the
     * parents of all that held directly, and no others, are there. If of those asked all that match held the person directly,
     * and no {@code live} segment that did matches no longer, then each of {@link #direct}'s answers is as it was: a live
     * segment that matches did before; an {@code append} segment stays; of a group none matches but the holder, which stays in
     * either case. Who is in a segment that was not asked stands as before.
     */
    Optional<Map<String, Membership>> unchanged(Map<String, Membership> before, Answers answers) {
        if (!(before instanceof Memberships memberships)) {
            return Optional.empty();
        }
        int matched = 0;
        for (int i = 0; i < memberships.size(); i++) {
            Membership was = memberships.membership(i);
            if (was.until().isPresent()) {
                return Optional.empty();
            }
            String segment = memberships.segment(i);
            if (was.direct() && answers.asked(segment)) {
                if (answers.matching().contains(segment)) {
                    matched++;
                } else if (needsToMatch(segment)) {
                    return Optional.empty();
                }
            }
        }
        return matched == answers.matching().size() ? Optional.of(before) : Optional.empty();
    }

    /** Whether who no longer matches is out of it, whatever happens elsewhere. */
    private boolean needsToMatch(String id) {
        Segment segment = byId.get(id);
        return segment == null || segment.kind() instanceof Segment.Live;
    }

    /** @param held memberships that must not be left: as if their conditions were true, and won */
    Map<String, Membership> next(
            Map<String, Membership> before, Answers answers, Instant at, Map<String, Membership> held) {
        return next(before, answers instanceof Answers.OfAll all ? all.matching() : filled(before, answers), at, held);
    }

    /**
     * As if all had been asked. Where nobody asked, the answers are as before, and so is who is in: it is as if those that
     * held the person directly had matched, and no other.
     */
    private static Set<String> filled(Map<String, Membership> before, Answers answers) {
        Set<String> filled = new LinkedHashSet<>(answers.matching());
        before.forEach((segment, was) -> {
            if (was.direct() && !answers.asked(segment)) {
                filled.add(segment);
            }
        });
        return filled;
    }

    private Map<String, Membership> next(
            Map<String, Membership> before, Set<String> matching, Instant at, Map<String, Membership> held) {
        Set<String> direct = direct(before, held.isEmpty() ? matching : with(matching, held));
        Map<String, Membership> after = new TreeMap<>();
        for (String segment : withParents(direct)) {
            Membership was = before.getOrDefault(segment, held.get(segment));
            boolean isDirect = direct.contains(segment);
            after.put(
                    segment,
                    was == null
                            ? new Membership(at, rules.number(), isDirect)
                            : new Membership(was.since(), was.ruleSet(), isDirect));
        }
        return after;
    }

    private Set<String> with(Set<String> matching, Map<String, Membership> held) {
        Set<String> all = new LinkedHashSet<>(matching);
        held.forEach((id, membership) -> {
            Segment segment = byId.get(id);
            if (segment != null && membership.direct()) {
                if (segment.kind() instanceof Segment.Overwrite overwrite) {
                    all.removeIf(other -> isOf(overwrite.group(), byId.get(other)));
                }
                all.add(id);
            }
        });
        return all;
    }

    private static boolean isOf(String group, @Nullable Segment segment) {
        return segment != null
                && segment.kind() instanceof Segment.Overwrite overwrite
                && overwrite.group().equals(group);
    }

    private Set<String> direct(Map<String, Membership> before, Set<String> matching) {
        Set<String> direct = new LinkedHashSet<>();
        Map<String, Segment> holders = new HashMap<>();
        for (Segment segment : concerned(before, matching)) {
            boolean matches = matching.contains(segment.id());
            boolean wasDirect = wasDirect(before, segment);
            if (segment.kind() instanceof Segment.Overwrite overwrite) {
                if (matches || wasDirect) {
                    holders.merge(overwrite.group(), segment, (held, other) -> stronger(held, other, matching));
                }
            } else if (matches || (wasDirect && segment.kind() instanceof Segment.Append)) {
                direct.add(segment.id());
            }
        }
        holders.values().forEach(segment -> direct.add(segment.id()));
        return direct;
    }

    /** Those that match or held the person directly, in the rules' order: of all others nothing can come. */
    private List<Segment> concerned(Map<String, Membership> before, Set<String> matching) {
        int[] concerned = new int[matching.size() + before.size()];
        int count = 0;
        for (String id : matching) {
            @Nullable Integer place = places.get(id);
            if (place != null) {
                concerned[count++] = place;
            }
        }
        for (Map.Entry<String, Membership> was : before.entrySet()) {
            @Nullable Integer place = was.getValue().direct() ? places.get(was.getKey()) : null;
            if (place != null && !matching.contains(was.getKey())) {
                concerned[count++] = place;
            }
        }
        Arrays.sort(concerned, 0, count);
        List<Segment> segments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            segments.add(rules.segments().get(concerned[i]));
        }
        return segments;
    }

    /** Of two of one group: one that matches before one that only was, then the higher rank. */
    private static Segment stronger(Segment held, Segment other, Set<String> matching) {
        boolean heldMatches = matching.contains(held.id());
        boolean otherMatches = matching.contains(other.id());
        if (heldMatches != otherMatches) {
            return heldMatches ? held : other;
        }
        return rank(held) > rank(other) ? held : other;
    }

    private static int rank(Segment segment) {
        return segment.kind() instanceof Segment.Overwrite overwrite ? overwrite.rank() : 0;
    }

    private static boolean wasDirect(Map<String, Membership> before, Segment segment) {
        Membership was = before.get(segment.id());
        return was != null && was.direct();
    }

    private Set<String> withParents(Set<String> direct) {
        Set<String> all = new LinkedHashSet<>(direct);
        for (String id : direct) {
            Optional<String> parent = parent(id);
            while (parent.isPresent() && all.add(parent.get())) {
                parent = parent(parent.get());
            }
        }
        return all;
    }

    private Optional<String> parent(String id) {
        return Optional.ofNullable(byId.get(id)).flatMap(Segment::parent);
    }
}
