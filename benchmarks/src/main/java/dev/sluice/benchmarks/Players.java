package dev.sluice.benchmarks;

import dev.sluice.classifier.Lifetime;
import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any number of people who are like a few hundred that were folded event by event: each has the state and the profile
 * that the classifier would have left. What is stored names no person but in its key, so many can share it.
 */
final class Players {
    /** After everything that is stored, and before every event that comes. */
    static final Instant START = GameRules.NOW.plus(Duration.ofMinutes(1));

    /** No rule asks for it. */
    static final Value.Fields NOTHING_SPECIAL = new Value.Fields(Map.of(
            "brand", Value.of("brand-none"), "card", Value.of("card-none"), "product", Value.of("product-none")));

    private static final String PREFIX = "player-";
    private static final int LIKE = 500;
    /** More than any rule counts to, so that one more changes no answer. */
    private static final int QUIET_BEFORE = 12;

    private static final int QUIET_IN_A_ROW = 3;

    /** As the classifier's. */
    static final Lifetime LIFETIME = new Lifetime(Duration.ofDays(400));

    private final List<Player> players = new ArrayList<>();
    private final Instant keptAt = Instant.now();

    /**
     * One of the few.
     *
     * @param traits {@code profile} of the stored state
     * @param recent of the stored state
     * @param quiet name of an event that takes the player into no segment and out of none
     */
    record Player(byte[] traits, byte[] recent, SegmentedProfile profile, String quiet) {}

    Players(GameRules game, Fold fold) {
        for (Observation observation : game.observations(LIKE)) {
            for (int i = 0; i < GameRules.EVENTS.size(); i++) {
                Optional<Player> player = player(fold, observation, GameRules.EVENTS.get(i));
                if (player.isPresent()) {
                    players.add(player.get());
                    break;
                }
            }
        }
        if (players.size() < LIKE / 2) {
            throw new IllegalStateException("only " + players.size() + " of " + LIKE + " players have a quiet event");
        }
    }

    static PersonKey key(int person) {
        return new PersonKey("demo", PREFIX + "%07d".formatted(person));
    }

    /** Whom a person is like. */
    Player like(int person) {
        return players.get(person % players.size());
    }

    /** The profile of a person as it is stored. */
    SegmentedProfile profile(int person) {
        SegmentedProfile like = like(person).profile();
        return new SegmentedProfile(
                key(person),
                like.version(),
                like.ruleSet(),
                like.asOf(),
                like.writer(),
                like.memberships(),
                like.cause(),
                like.stateRevision(),
                Optional.of(LIFETIME.over(key(person), keptAt)),
                like.past(),
                like.shared());
    }

    /** When all were kept last. */
    Instant keptAt() {
        return keptAt;
    }

    /** The profile of a person as it is stored. */
    SegmentedProfile profile(PersonKey key) {
        return profile(Integer.parseInt(key.person().substring(PREFIX.length())));
    }

    /** Segments that a person is in, on average. */
    double memberships() {
        return players.stream()
                .mapToInt(player -> player.profile().memberships().size())
                .average()
                .orElse(0);
    }

    /** Bytes of what the classifier keeps of a person, on average. */
    long stateBytes() {
        return players.stream().mapToLong(player -> player.recent().length).sum() / players.size();
    }

    private static Optional<Player> player(Fold fold, Observation observation, String quiet) {
        List<Event> events = new ArrayList<>(
                observation.history().stream().map(Players::event).toList());
        for (int i = 0; i < QUIET_BEFORE; i++) {
            events.add(quiet(quiet, i));
        }
        Recent recent = fold.take(state(observation, Recent.NOTHING), events).recent();
        Recent after = recent;
        for (int i = 0; i < QUIET_IN_A_ROW; i++) {
            after = fold.take(state(observation, after), List.of(quiet(quiet, QUIET_BEFORE + i)))
                    .recent();
            if (!after.head().memberships().equals(recent.head().memberships())) {
                return Optional.empty();
            }
        }
        byte[] traits =
                JsonText.writeObject(json -> observation.traits().fields().forEach((name, value) -> {
                    json.writeName(name);
                    JsonText.write(json, value);
                }));
        return Optional.of(new Player(traits, RecentJson.write(recent), profile(recent), quiet));
    }

    private static SegmentedProfile profile(Recent recent) {
        Instant at = recent.head().at();
        var cause = new Cause(Cause.Kind.EVENT, recent.head().lastId(), at, Optional.empty());
        return new SegmentedProfile(
                key(0),
                1,
                recent.ruleSet(),
                at,
                "benchmark",
                recent.head().memberships(),
                cause,
                1,
                recent.head().past(),
                Shared.NOTHING);
    }

    private static UserState state(Observation observation, Recent recent) {
        return new UserState(key(0), new Snapshot(0, observation.traits()), Snapshot.NONE, recent, 1);
    }

    private static Event event(Occurrence event) {
        return event(event.id(), event.name(), event.time(), event.details());
    }

    private static Event quiet(String name, int second) {
        return event("q-" + second, Optional.of(name), GameRules.NOW.plusSeconds(second + 1), NOTHING_SPECIAL);
    }

    private static Event event(String id, Optional<String> name, Instant time, Value.Fields properties) {
        return new Event(
                key(0), id, EventType.TRACK, name, time, time, Optional.empty(), properties, Value.Fields.NONE);
    }
}
