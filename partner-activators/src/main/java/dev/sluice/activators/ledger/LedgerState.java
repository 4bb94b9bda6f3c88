package dev.sluice.activators.ledger;

import dev.sluice.activators.ledger.LedgerLine.Presence;
import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What every change of an entry ends with: what is over is dropped, and when to look again is worked out. Stateless. */
public final class LedgerState {
    /** Longer than the stream keeps a line (7 days): an old one that comes again is still known for old. */
    static final Duration REMEMBERED = Duration.ofDays(8);

    /** Longer than anything that was set aside is replayed: nobody who was erased comes back by a replay. */
    static final Duration ERASED_REMEMBERED = Duration.ofDays(35);

    /** Lines of one entry, of some 600 bytes each, so that it stays below the 400 KB that an item may hold. */
    static final int MAX_LINES = 400;

    /** Characters of all recipients that the lines of an entry hold, each counted once. */
    public static final int MAX_RECIPIENTS = 32 * 1024;

    /** Characters of a recipient: one that is longer is none. */
    static final int MAX_RECIPIENT = 16 * 1024;

    /** Characters of all that the lines of an entry keep of events, each text counted once. */
    public static final int MAX_OCCASIONS = 6 * 1024;

    private LedgerState() {}

    /** The entry as it is kept. */
    public static LedgerEntry settled(LedgerEntry entry, Telling telling, Instant now) {
        LedgerEntry pruned = pruned(entry, telling);
        List<LedgerStep> steps = LedgerStep.of(pruned, telling);
        Optional<Instant> due = pruned.lease()
                .map(LedgerEntry.Lease::until)
                .or(() -> LedgerStep.inOrder(steps).stream()
                        .map(LedgerStep::notBefore)
                        .min(Comparator.naturalOrder())
                        .map(then -> then.isBefore(now) ? now : then));
        boolean waits = pruned.lease().isPresent() || steps.stream().anyMatch(step -> step.isMissing(now));
        boolean isIn =
                pruned.lines().values().stream().anyMatch(line -> line.wanted().entered());
        Duration remembered = pruned.erased() || !pruned.lines().isEmpty() ? ERASED_REMEMBERED : REMEMBERED;
        return new LedgerEntry(
                pruned.key(),
                pruned.life(),
                pruned.born(),
                pruned.heard(),
                pruned.version(),
                // Nothing is kept of somebody of whom nothing has to be told.
                isIn ? pruned.recipient().filter(name -> name.length() <= MAX_RECIPIENT) : Optional.empty(),
                isIn ? pruned.consents() : Value.Fields.NONE,
                pruned.erased(),
                pruned.lease(),
                new TreeMap<>(pruned.lines()),
                due,
                waits ? Optional.of(pruned.waitingSince().orElse(now)) : Optional.empty(),
                isIn || waits ? Optional.empty() : Optional.of(now.plus(remembered)));
    }

    /** Of somebody who was erased and came back: only what the partner must still be told of the first time is known. */
    static LedgerEntry revived(LedgerEntry entry) {
        return new LedgerEntry(
                entry.key(),
                entry.life() + 1,
                entry.heard(),
                entry.heard(),
                0,
                Optional.empty(),
                Value.Fields.NONE,
                false,
                entry.lease(),
                entry.lines(),
                entry.due(),
                entry.waitingSince(),
                entry.expires());
    }

    private static LedgerEntry pruned(LedgerEntry entry, Telling telling) {
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        lines.values().removeIf(line -> isOver(entry, line, telling));
        if (lines.size() > MAX_LINES) {
            lines.values().removeIf(line -> !line.wanted().entered() && isStuck(line));
        }
        for (String segment : List.copyOf(lines.keySet())) {
            LedgerLine line = lines.get(segment);
            // What the partner has never heard of comes again with the next version, when there may be room.
            if (lines.size() > MAX_LINES && line != null && line.places().isEmpty()) {
                lines.remove(segment);
            }
        }
        dropOccasions(lines);
        return entry.with(lines.size() == 0 || telling.partner().followsRecipients() ? lines : brief(lines));
    }

    /** What there is no room for is told without it. */
    private static void dropOccasions(Map<String, LedgerLine> lines) {
        Set<String> kept = new HashSet<>();
        int room = MAX_OCCASIONS;
        for (Map.Entry<String, LedgerLine> line : lines.entrySet()) {
            Optional<String> occasion = line.getValue().occasion();
            if (occasion.isPresent() && !kept.contains(occasion.get())) {
                if (occasion.get().length() <= room) {
                    kept.add(occasion.get());
                    room -= occasion.get().length();
                } else {
                    line.setValue(line.getValue().occasionedBy(Optional.empty()));
                }
            }
        }
    }

    /** To a partner to whom all recipients of a person are the same it need not be known which one it was. */
    private static Map<String, LedgerLine> brief(Map<String, LedgerLine> lines) {
        int characters = lines.values().stream()
                .flatMap(line -> Stream.concat(
                        line.places().stream().map(LedgerLine.Place::recipient),
                        line.last().map(LedgerLine.Attempt::recipient).stream()))
                .distinct()
                .mapToInt(String::length)
                .sum();
        if (characters > MAX_RECIPIENTS) {
            lines.replaceAll((segment, line) -> line.withoutRecipients());
        }
        return lines;
    }

    private static boolean isOver(LedgerEntry entry, LedgerLine line, Telling telling) {
        if (line.wanted().entered()) {
            return false;
        }
        return line.places().isEmpty() || !telling.partner().hearsOfLeaving() || (entry.erased() && isStuck(line));
    }

    private static boolean isStuck(LedgerLine line) {
        return line.places().stream().allMatch(place -> place.presence() == Presence.STUCK);
    }
}
