package dev.sluice.local.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * All players; says who sends what next. Who has played a lot leaves for good and somebody new comes instead. Belongs to
 * one thread.
 */
final class Crowd {
    /** The stream keeps 500 events of a person and leaves older ones to the batch side, whose truth is another one. */
    private static final int MAX_EVENTS_PER_PLAYER = 400;

    private final SimulatorSettings settings;
    private final Instant earliest;
    private final List<Player> players = new ArrayList<>();
    private final SplittableRandom random;
    private final Queue<Shipment> ready = new ArrayDeque<>();
    private int lastNumber;

    Crowd(SimulatorSettings settings) {
        this.settings = settings;
        this.earliest = settings.clock().instant().minus(settings.backlogAge());
        while (players.size() < settings.players()) {
            players.add(newcomer());
        }
        random = new SplittableRandom(settings.seed());
    }

    /** The next request of anybody. */
    Shipment next(Instant now) {
        if (ready.isEmpty()) {
            ready.addAll(someone().act(now));
        }
        return ready.remove();
    }

    /** Some play much more than others. */
    private Player someone() {
        double luck = random.nextDouble();
        int place = (int) (players.size() * luck * Math.sqrt(luck));
        if (players.get(place).eventsMade() >= MAX_EVENTS_PER_PLAYER) {
            players.set(place, newcomer());
        }
        return players.get(place);
    }

    private Player newcomer() {
        lastNumber++;
        return new Player(settings.seed(), lastNumber, earliest);
    }
}
