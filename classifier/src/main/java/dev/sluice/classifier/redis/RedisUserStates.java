package dev.sluice.classifier.redis;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Lifetime;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
import dev.sluice.model.profile.UserState;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * States of people as Redis hashes. The commands of one call are sent without waiting for each other's answers; the
 * compare-and-set is a script. Thread-safe.
 */
public final class RedisUserStates implements UserStates {
    /** A touch writes only when this part of a state's life is over, so that most change nothing. */
    private static final int PART_OF_LIFE = 100;

    private static final byte[] TOLD = {'1'};
    private static final byte[] UNTOLD = {'0'};
    private static final byte[] NOBODY = {};

    private final Script<Long> keep = Script.of("keep-state.lua", () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE));
    private final Script<byte[]> confirm =
            Script.of("confirm-state.lua", () -> new ValueOutput<>(ByteArrayCodec.INSTANCE));
    private final Script<Long> touch = Script.of("touch-state.lua", () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE));
    private final Pipeline pipeline;
    private final Lifetime lifetime;
    private final long storedSeconds;
    private final byte[] shortLife;
    private final InstantSource clock;

    /**
     * @param timeToLive how long a state stays at least after its last write and its last event; whole seconds, from 1 minute; a longer life that another writer gave it is left alone
     */
    public RedisUserStates(RedisLink link, Duration timeToLive) {
        this(link, timeToLive, InstantSource.system());
    }

    RedisUserStates(RedisLink link, Duration timeToLive, InstantSource clock) {
        this.clock = clock;
        this.pipeline = new Pipeline(link);
        this.lifetime = new Lifetime(timeToLive);
        this.storedSeconds = lifetime.stored().toSeconds();
        this.shortLife = Request.bytes(storedSeconds - storedSeconds / PART_OF_LIFE);
    }

    @Override
    public Optional<Lifetime> lifetime() {
        return Optional.of(lifetime);
    }

    @Override
    public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
        return states(pipeline.ask(
                people,
                person ->
                        Request.of(CommandType.HGETALL, new ValueListOutput<>(ByteArrayCodec.INSTANCE), key(person))));
    }

    @Override
    public void touch(Collection<PersonKey> people) {
        touch.run(pipeline, people, person -> Script.Run.of(key(person), shortLife, Request.bytes(storedSeconds)));
    }

    @Override
    public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
        Map<PersonKey, Answer<Long>> answers = new LinkedHashMap<>();
        confirm.run(
                        pipeline,
                        revisions.keySet(),
                        person -> Script.Run.of(key(person), Request.bytes(revisions.getOrDefault(person, 0L))))
                .forEach((person, reply) -> answers.put(
                        person,
                        reply.answer(revision -> StoredUserState.ofRevision(Optional.of(revision))
                                .readRevision())));
        return answers;
    }

    @Override
    public Map<PersonKey, WriteResult> keep(List<Change> changes) {
        Map<PersonKey, Change> byPerson = new LinkedHashMap<>();
        changes.forEach(change -> byPerson.put(change.key(), change));
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        keep.run(pipeline, byPerson.keySet(), person -> keep(byPerson.get(person)))
                .forEach((person, reply) -> results.put(person, result(reply)));
        return results;
    }

    private Script.Run keep(@Nullable Change change) {
        Objects.requireNonNull(change, "change");
        return Script.Run.of(
                key(change.key()),
                Request.bytes(change.revision()),
                Request.bytes(change.next()),
                RecentJson.write(change.recent()),
                Request.bytes(lives(change.recent())),
                Request.bytes(clock.millis()),
                change.told() ? TOLD : UNTOLD,
                change.goesBy().map(person -> Request.bytes(person.qualified())).orElse(NOBODY));
    }

    /** Seconds: what is due later must be found then. */
    private long lives(Recent recent) {
        Instant now = clock.instant();
        return storedSeconds
                + recent.head()
                        .due()
                        .filter(now::isBefore)
                        .map(due -> Duration.between(now, due).toSeconds())
                        .orElse(0L);
    }

    private static byte[] key(PersonKey person) {
        return Request.bytes(StoredUserState.key(person));
    }

    private static Map<PersonKey, Answer<UserState>> states(Map<PersonKey, Reply<List<byte[]>>> replies) {
        Map<PersonKey, Answer<UserState>> answers = new LinkedHashMap<>();
        replies.forEach((person, reply) -> answers.put(
                person, reply.answer(fields -> UserFields.stored(fields).read(person))));
        return answers;
    }

    private static WriteResult result(Reply<Long> reply) {
        return switch (reply) {
            case Reply.Value<Long>(var set) -> set == 1 ? WriteResult.WRITTEN : WriteResult.CONFLICT;
            case Reply.Refused<Long> refused -> WriteResult.UNREACHABLE;
            case Reply.Silent<Long> silent -> WriteResult.UNREACHABLE;
        };
    }
}
