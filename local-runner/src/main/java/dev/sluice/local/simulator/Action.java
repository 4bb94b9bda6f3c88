package dev.sluice.local.simulator;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a player does. Absent properties are null: they are left out of the JSON. */
public sealed interface Action {
    /** The application came to the front. */
    record ApplicationOpened() implements Action {}

    /** An advertisement was seen; no starter rule names it. */
    record AdWatched(String brand, int seconds) implements Action {}

    /** An advertisement was touched; {@code brand} and {@code rewarded} may be missing. */
    record AdClicked(@Nullable String brand, @Nullable Boolean rewarded) implements Action {}

    /** An advertisement was skipped after so many seconds. */
    record AdSkipped(String brand, int seconds) implements Action {}

    /** A card was played for so many coins. */
    record CardPlayed(String card, int coins) implements Action {}

    /** Something was bought; {@code asText} sends the revenue as a JSON string, which no number test accepts. */
    record OrderCompleted(String orderId, BigDecimal revenue, boolean asText) implements Action {}

    /** A screen of the application was shown; a track rule of the same name must not count it. */
    record ScreenSeen(String name) implements Action {}

    /** The player told something of themselves. */
    record Identified(List<TraitChange> traits) implements Action {
        /** Copies the list. */
        public Identified {
            traits = List.copyOf(traits);
        }
    }

    /** Not a valid event: the tracker must refuse it and say why. */
    record Broken(Flaw flaw) implements Action {}

    /** One trait set, or removed if {@code value} is null. */
    record TraitChange(String name, @Nullable String value) {}

    /** What is wrong with a broken event. */
    enum Flaw {
        NO_PERSON,
        NO_EVENT_NAME,
        RESERVED_USER_ID,
        UNKNOWN_TYPE,
        LONG_ID,
        TOO_LARGE
    }

    /** Segment's type of the event. */
    default String type() {
        return switch (this) {
            case Identified _ -> "identify";
            case ScreenSeen _ -> "screen";
            case Broken(Flaw flaw) -> flaw == Flaw.UNKNOWN_TYPE ? "shout" : "track";
            case ApplicationOpened _, AdWatched _, AdClicked _, AdSkipped _, CardPlayed _, OrderCompleted _ -> "track";
        };
    }
}
