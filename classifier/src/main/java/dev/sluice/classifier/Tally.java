package dev.sluice.classifier;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the classifier did since it started. Thread-safe; a snapshot is not one moment. */
public final class Tally {
    private final Map<Count, LongAdder> counts;

    public Tally() {
        Map<Count, LongAdder> adders = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            adders.put(count, new LongAdder());
        }
        this.counts = Collections.unmodifiableMap(adders);
    }

    /** What is counted. */
    public enum Count {
        BATCHES("batches"),
        /** Lines that came. */
        EVENTS("events"),
        /** Lines of which the event is in its person's state and profile. */
        CLASSIFIED("classified"),
        IGNORED("ignored"),
        SET_ASIDE("setAside"),
        RETRY("retry"),
        /** Events that were in the person's state already. */
        REPEATED("repeated"),
        /** Events older than all that is kept, left to the batch side. */
        TOO_LATE("tooLate"),
        PROFILE_WRITES("profileWrites"),
        /** Segments entered and left by those writes. */
        CHANGES_OF_MEMBERSHIP("changesOfMembership"),
        /** People looked at because their memberships may have changed by themselves. */
        DUE("due"),
        /** People whose state was found to be lost, and whose memberships are held. */
        HELD("held"),
        /** Names that were made to go by a person. */
        LINKS("links"),
        /** Of names that were not, because an id is one that nobody's can be. */
        LINKS_OF_BLOCKED_IDS("linksOfBlockedIds"),
        /** Because the name goes by somebody else already. */
        LINKS_OF_TAKEN_NAMES("linksOfTakenNames"),
        /** Because the person has as many names of the kind as a person may have, or the chain of names is too long. */
        LINKS_TOO_MANY("linksTooMany"),
        /** Because the two were parted by hand. */
        LINKS_OF_PARTED("linksOfParted"),
        /** People tried again because someone else wrote in between. */
        CONFLICTS("conflicts"),
        /** Times that another server answered in Redis' place, or the same one was restarted. */
        REDIS_REPLACED("redisReplaced"),
        /** Times that Redis, or one of its nodes, had lost what it held. */
        REDIS_EMPTIED("redisEmptied"),
        /** Entries of the index of due people that name nobody. */
        DUE_UNREADABLE("dueUnreadable"),
        /** Questions of apps in which segments a person is. */
        SEGMENT_READS("segmentReads"),
        /** Of those whose answer the app had already. */
        SEGMENT_READS_UNCHANGED("segmentReadsUnchanged"),
        /** Without a good key or token, or of another person than the token's. */
        SEGMENT_READS_REFUSED("segmentReadsRefused"),
        /** Faster than a key may ask. */
        SEGMENT_READS_LIMITED("segmentReadsLimited"),
        /** That could not be answered now. */
        SEGMENT_READS_FAILED("segmentReadsFailed"),
        TOKENS_ISSUED("tokensIssued");

        private final String word;

        Count(String word) {
            this.word = word;
        }
    }

    void add(Count count, long amount) {
        adder(count).add(amount);
    }

    /** Counts entries of the index of who is due that name nobody. */
    public void unreadableDues(long count) {
        add(Count.DUE_UNREADABLE, count);
    }

    /** Counts what happened to the store of states. */
    void add(StoreLoss loss) {
        switch (loss.kind()) {
            case REPLACED -> add(Count.REDIS_REPLACED, 1);
            case EMPTIED -> add(Count.REDIS_EMPTIED, 1);
        }
    }

    /** The counts now, by their names in JSON. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        for (Count count : Count.values()) {
            snapshot.put(count.word, adder(count).sum());
        }
        return snapshot;
    }

    private LongAdder adder(Count count) {
        LongAdder adder = counts.get(count);
        if (adder == null) {
            throw new AssertionError("every count has an adder");
        }
        return adder;
    }
}
