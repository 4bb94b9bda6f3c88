package dev.sluice.local.simulator;

import dev.sluice.local.simulator.Action.AdClicked;
import dev.sluice.local.simulator.Action.AdSkipped;
import dev.sluice.local.simulator.Action.AdWatched;
import dev.sluice.local.simulator.Action.ApplicationOpened;
import dev.sluice.local.simulator.Action.Broken;
import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.Flaw;
import dev.sluice.local.simulator.Action.Identified;
import dev.sluice.local.simulator.Action.OrderCompleted;
import dev.sluice.local.simulator.Action.ScreenSeen;
import dev.sluice.local.simulator.Action.TraitChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A player's time in the application, as a machine of two states: closed and open. Not thread-safe. */
final class Session {
    private static final List<String> PRICES =
            List.of("0.99", "1.99", "4.99", "4.99", "9.99", "19.99", "49.99", "50", "50.00", "99.99");
    private static final List<String> CARDS = List.of("ace", "king", "queen", "joker", "seven");
    private static final List<String> SYSTEMS = List.of("iOS", "Android", "ios");

    private final SplittableRandom random;
    private final Habits habits;
    private boolean open;

    Session(SplittableRandom random, Habits habits) {
        this.random = random;
        this.habits = habits;
    }

    void close() {
        open = false;
    }

    /** What happens next, in order; one to three actions. */
    List<Action> step() {
        if (!open) {
            open = true;
            return start();
        }
        if (random.nextInt(7) == 0) {
            open = false;
        }
        double luck = random.nextDouble();
        if (luck < habits.spends()) {
            return List.of(order());
        }
        if (luck < habits.spends() + 0.03) {
            // A screen may be called like an event of another type and is still not that event.
            return List.of(new ScreenSeen(random.nextBoolean() ? "Shop" : "Card Played"));
        }
        return random.nextDouble() < habits.plays() ? List.of(card()) : advertisement();
    }

    /** An event that the tracker must refuse. */
    Action broken() {
        Flaw[] flaws = Flaw.values();
        return new Broken(flaws[random.nextInt(flaws.length)]);
    }

    private List<Action> start() {
        return random.nextInt(3) == 0 ? List.of(new ApplicationOpened(), identify()) : List.of(new ApplicationOpened());
    }

    private Action identify() {
        var changes = new ArrayList<TraitChange>();
        boolean forgets = random.nextInt(12) == 0;
        changes.add(new TraitChange(
                "country", forgets ? null : Habits.COUNTRIES.get(random.nextInt(Habits.COUNTRIES.size()))));
        if (random.nextInt(3) == 0) {
            changes.add(new TraitChange("deviceOS", SYSTEMS.get(random.nextInt(SYSTEMS.size()))));
        }
        return new Identified(changes);
    }

    private List<Action> advertisement() {
        String brand = random.nextBoolean() ? habits.brand() : Habits.BRANDS.get(random.nextInt(Habits.BRANDS.size()));
        int seconds = 1 + random.nextInt(30);
        var watched = new AdWatched(brand, seconds);
        if (random.nextDouble() < habits.clicks()) {
            boolean bare = random.nextInt(20) == 0;
            var clicked = bare ? new AdClicked(null, null) : new AdClicked(brand, random.nextBoolean());
            return random.nextInt(4) == 0 ? List.of(watched, clicked, card()) : List.of(watched, clicked);
        }
        return random.nextDouble() < habits.skips()
                ? List.of(watched, new AdSkipped(brand, Math.min(seconds, 5)))
                : List.of(watched);
    }

    private Action card() {
        return new CardPlayed(CARDS.get(random.nextInt(CARDS.size())), random.nextInt(500));
    }

    private Action order() {
        return new OrderCompleted(
                "order-%08x".formatted(random.nextInt()),
                new BigDecimal(PRICES.get(random.nextInt(PRICES.size()))),
                random.nextInt(25) == 0);
    }
}
