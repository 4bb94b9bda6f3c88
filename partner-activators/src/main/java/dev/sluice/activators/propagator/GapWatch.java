package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the propagator may have missed something. Thread-safe.
 *
 * <p><b>What can be seen.</b> The table's stream keeps a record for 24 hours and loses none before. So nothing is missed
 * unless a record waited that long, and then one of two things is so. Either the records that come now are as old as the
 * stream keeps any, and what was before them may be gone; or nothing has come for that long, for which the propagator
 * notes at most once a minute that it has propagated something. A table to which nothing is written for a day looks like
 * a propagator that was off; going through it then is cheap, and changes nothing. A version that is not the one after the
 * last cannot be noticed from a record: both its images are of one write, and versions that say nothing new are not told.
 *
 * <p>A gap is noted before the note of progress that would hide it, so it is noticed again if the note fails.
 */
public final class GapWatch {
    /** Name of the mark of progress. */
    static final String PROGRESS = "progress";

    /** What DynamoDB Streams keep, less an hour in which a record may be lost while it waits for its turn. */
    static final Duration WORRYING = Duration.ofHours(23);

    static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(GapWatch.class.getName());
    private static final int VERSION = 1;

    private final Marks marks;
    private final InstantSource clock;
    /** When it was last noted, by anybody, as far as is known here. */
    private @Nullable Instant noted;

    public GapWatch(Marks marks, InstantSource clock) {
        this.marks = marks;
        this.clock = clock;
    }

    /**
     * Looks at what an invocation was given, and notes what it propagated. A store of marks that does not answer holds up
     * nothing: it is asked again by the next invocation.
     *
     * @param done what became of the records
     * @return the gap, if one was noticed
     */
    public synchronized Optional<Gap> look(List<ProfileVersion> records, Propagation done) {
        Instant now = clock.instant();
        try {
            Optional<Gap> gap = noticed(records, now);
            if (gap.isPresent() && marks.read(Gap.NAME).isEmpty()) {
                marks.write(Gap.NAME, gap.get().toJson());
            }
            if (isProgress(records, done)) {
                note(now);
            }
            return gap;
        } catch (UnreachableException e) {
            LOG.log(System.Logger.Level.WARNING, "progress could not be noted: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Gap> noticed(List<ProfileVersion> records, Instant now) {
        Instant worrying = now.minus(WORRYING);
        boolean old = records.stream()
                .map(ProfileVersion::at)
                .anyMatch(at -> at.isBefore(worrying) && !at.equals(Instant.EPOCH));
        if (old) {
            return Optional.of(new Gap(now, Gap.Reason.OLD_RECORDS));
        }
        if (noted == null || noted.isBefore(worrying)) {
            // Others may have noted it since.
            noted = read().orElse(now);
        }
        return noted.isBefore(worrying) ? Optional.of(new Gap(now, Gap.Reason.WAS_OFF)) : Optional.empty();
    }

    private static boolean isProgress(List<ProfileVersion> records, Propagation done) {
        return !records.isEmpty()
                && !done.failedAt().equals(Optional.of(records.getFirst().sequenceNumber()));
    }

    private void note(Instant now) {
        boolean isRecent = noted != null && noted.plus(NOTE_EVERY).isAfter(now) && !noted.equals(now);
        if (!isRecent) {
            marks.write(
                    PROGRESS,
                    JsonText.write(
                            Value.Fields.NONE.with("v", Value.of(VERSION)).with("at", Value.of(now.toString()))));
            noted = now;
        }
    }

    private Optional<Instant> read() {
        try {
            return marks.read(PROGRESS)
                    .map(bytes -> JsonText.instant(
                            "at", JsonText.readObject(bytes).ofVersion(VERSION).text("at")));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
