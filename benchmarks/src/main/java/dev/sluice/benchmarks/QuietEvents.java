package dev.sluice.benchmarks;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The three things that the classifier does by itself with an event that changes no membership: the person's state is read
 * from its bytes, the event is folded, the state is written. People and rules are those of {@link ClassifierLoad}.
 */
final class QuietEvents {
    /** Of as many different people. */
    private static final int PEOPLE = 500;

    private final Fold fold;
    private final List<Someone> people = new ArrayList<>();

    /** One person, with what each of the three begins with. */
    private record Someone(PersonKey key, Players.Player like, UserState state, Event event, Recent after) {}

    QuietEvents(int segments) {
        var game = new GameRules(RulesBenchmark.SEED, segments);
        RuleSet rules = game.rules(segments);
        this.fold = new Fold(rules, DroolsMatcher.of(rules));
        var players = new Players(game, fold);
        for (int i = 0; i < PEOPLE; i++) {
            PersonKey key = Players.key(i);
            UserState state = read(key, players.like(i));
            Event event = event(key, i, players.like(i).quiet());
            people.add(new Someone(key, players.like(i), state, event, fold(state, event)));
        }
    }

    private static Event event(PersonKey key, int number, String name) {
        // As unlike each other as random ids are, and of their length.
        String id = "%016x-%016x".formatted(number * 0x9E3779B97F4A7C15L, number);
        Instant time = Players.START.plusMillis(number);
        return new Event(
                key,
                id,
                EventType.TRACK,
                Optional.of(name),
                time,
                time,
                Optional.empty(),
                Players.NOTHING_SPECIAL,
                Value.Fields.NONE);
    }

    int count() {
        return PEOPLE;
    }

    /** What is kept of a person, from its bytes. */
    UserState read(int person) {
        Someone someone = people.get(person);
        return read(someone.key(), someone.like());
    }

    /** The person with the event. */
    Recent fold(int person) {
        Someone someone = people.get(person);
        return fold(someone.state(), someone.event());
    }

    /** What is kept of a person after the event, as bytes. */
    byte[] write(int person) {
        return RecentJson.write(people.get(person).after());
    }

    /** All three. */
    byte[] take(int person) {
        Someone someone = people.get(person);
        return RecentJson.write(fold(read(someone.key(), someone.like()), someone.event()));
    }

    private Recent fold(UserState state, Event event) {
        return fold.take(state, List.of(event)).recent();
    }

    private static UserState read(PersonKey key, Players.Player like) {
        var stored = new StoredUserState(
                Optional.of(like.traits()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(like.recent()),
                Optional.of("1".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Optional.of("1".getBytes(StandardCharsets.UTF_8)),
                Optional.empty());
        if (stored.read(key) instanceof Answer.Found<UserState> found) {
            return found.value();
        }
        throw new IllegalStateException("the state is not readable");
    }
}
