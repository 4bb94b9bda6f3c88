package dev.sluice.local.simulator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What makes one player differ from another; shares are 0..1.
 *
 * @param spends how often a step of a session is a purchase
 * @param clicks how often a shown advertisement is clicked
 * @param skips how often one that is not clicked is skipped
 * @param plays how often a step is a played card rather than an advertisement
 * @param goesOffline how often a session is delivered late
 */
record Habits(double spends, double clicks, double skips, double plays, double goesOffline, String brand) {
    static final List<String> BRANDS =
            List.of("Acme Cola", "acme cola", "Borealis Bikes", "Crème Lune", "Dune & Sons", "Everleaf Tea");
    static final List<String> COUNTRIES = List.of("US", "CA", "GB", "DE", "FR", "JP", "BR", "us");

    static Habits draw(SplittableRandom random) {
        boolean lovesAcme = random.nextInt(3) == 0;
        return new Habits(
                random.nextInt(4) == 0 ? 0.20 : 0.03,
                random.nextInt(3) == 0 ? 0.02 : 0.30,
                random.nextInt(3) == 0 ? 0.90 : 0.40,
                random.nextInt(5) == 0 ? 0.0 : 0.45,
                random.nextInt(4) == 0 ? 0.30 : 0.05,
                lovesAcme ? "Acme Cola" : BRANDS.get(random.nextInt(BRANDS.size())));
    }
}
