package dev.sluice.benchmarks;

import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Endless batches of event lines, each event of a person drawn anew and later than all before it. */
final class Load {
    private final Mix mix;
    private final LoadSettings settings;
    private final Players players;
    private final AtomicLong events;
    private final GameRules game;

    /** What kind of events come. */
    enum Mix {
        /** No rule names them. */
        UNNEEDED("no rule needs them"),
        /** Needed and kept, but nobody enters or leaves a segment. */
        QUIET("change no membership"),
        /** The same, while profiles are in memory instead of DynamoDB. */
        KNOWN("the same, profiles known"),
        /** Quiet ones, among them some of the kind that rules look for. */
        MIXED("mixed");

        private final String words;

        Mix(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        boolean isProfileKnown() {
            return this == KNOWN;
        }
    }

    /**
     * @param game used by this load alone
     * @param events that have come so far, of all loads
     */
    Load(Mix mix, LoadSettings settings, Players players, GameRules game, AtomicLong events) {
        this.mix = mix;
        this.settings = settings;
        this.players = players;
        this.game = game;
        this.events = events;
    }

    /** The next batch; each thread has its own randomness. */
    List<byte[]> next(SplittableRandom random) {
        List<byte[]> lines = new ArrayList<>(settings.batch());
        long first = events.getAndAdd(settings.batch());
        for (int i = 0; i < settings.batch(); i++) {
            lines.add(line(random, random.nextInt(settings.active()), first + i));
        }
        return lines;
    }

    private byte[] line(SplittableRandom random, int person, long number) {
        // As unlike each other as random ids are, and of their length.
        String id = "%016x-%016x".formatted(number * 0x9E3779B97F4A7C15L, number);
        Instant time = Players.START.plusMillis(number);
        var key = Players.key(person);
        if (mix == Mix.UNNEEDED) {
            return SampleEvents.line(key, id, time, "Screen Scrolled", Players.NOTHING_SPECIAL);
        }
        if (mix == Mix.MIXED && random.nextInt(100) < settings.changing()) {
            Occurrence event = special(id, time);
            return SampleEvents.line(key, id, time, event.name().orElseThrow(), event.details());
        }
        return SampleEvents.line(key, id, time, players.like(person).quiet(), Players.NOTHING_SPECIAL);
    }

    private Occurrence special(String id, Instant time) {
        synchronized (game) {
            Occurrence event = game.event(id, time);
            return event.name().equals(Optional.of("Application Opened")) ? special(id, time) : event;
        }
    }
}
