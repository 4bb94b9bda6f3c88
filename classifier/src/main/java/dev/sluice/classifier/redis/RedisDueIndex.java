package dev.sluice.classifier.redis;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The index as sorted sets {@code due:<slot>}, one for each slot of the ring. Thread-safe. */
public final class RedisDueIndex implements DueIndex {
    /** Where Redis' numbers, which are doubles, end to be exact: some 285,000 years from now. */
    private static final long LAST_MILLISECOND = (1L << 53) - 1;

    private static final byte[] LESS_THAN = Request.bytes("LT");
    private static final byte[] LOWEST = Request.bytes("-inf");
    private static final byte[] NEVER = {};

    /** Others may take what was counted, and some entries may name nobody. */
    private static final int MAX_ROUNDS = 8;

    private final Script<List<byte[]>> claim =
            Script.of("claim-due.lua", () -> new ValueListOutput<>(ByteArrayCodec.INSTANCE));
    private final Script<Long> settle = Script.of("settle-due.lua", () -> new IntegerOutput<>(ByteArrayCodec.INSTANCE));
    private final Pipeline pipeline;
    private final LongConsumer unreadable;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param unreadable is told how many entries were dropped that name nobody */
    public RedisDueIndex(RedisLink link, LongConsumer unreadable) {
        this.pipeline = new Pipeline(link);
        this.unreadable = unreadable;
    }

    @Override
    public Map<PersonKey, WriteResult> schedule(Map<PersonKey, Instant> moments) {
        var replies = pipeline.ask(
                moments.keySet(),
                person -> Request.of(
                        CommandType.ZADD,
                        new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                        set(Ring.slot(person)),
                        LESS_THAN,
                        moment(moments.getOrDefault(person, Instant.EPOCH)),
                        member(person)));
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        replies.forEach((person, reply) -> results.put(person, result(reply)));
        return results;
    }

    @Override
    public Map<PersonKey, WriteResult> settle(Map<Claim, Optional<Instant>> settled) {
        var replies = settle.run(
                pipeline,
                settled.keySet(),
                claim -> Script.Run.of(
                        set(Ring.slot(claim.key())),
                        member(claim.key()),
                        moment(claim.leasedUntil()),
                        settled.getOrDefault(claim, Optional.empty())
                                .map(RedisDueIndex::moment)
                                .orElse(NEVER)));
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        replies.forEach((claim, reply) ->
                results.merge(claim.key(), result(reply), (one, other) -> one == WriteResult.WRITTEN ? other : one));
        return results;
    }

    @Override
    public Answer<List<Claim>> claim(Instant now, int most, Duration lease) {
        Instant until = Instant.ofEpochMilli(milliseconds(now.plus(lease)));
        int first = calls.getAndIncrement();
        Map<PersonKey, Claim> claims = new LinkedHashMap<>();
        Optional<String> silence = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS && claims.size() < most; round++) {
            Map<Integer, Long> due = new LinkedHashMap<>();
            for (var each : count(first, now).entrySet()) {
                each.getValue().answered().ifPresent(count -> due.put(each.getKey(), count));
                silence = silence.or(each.getValue()::silence);
            }
            Map<Integer, Integer> shares = Shares.of(due, most - claims.size());
            if (shares.isEmpty()) {
                break;
            }
            for (var each : take(shares, now, until).entrySet()) {
                each.getValue()
                        .answered()
                        .ifPresent(found -> read(each.getKey(), found, until)
                                .forEach(claim -> claims.putIfAbsent(claim.key(), claim)));
                silence = silence.or(each.getValue()::silence);
            }
        }
        if (claims.isEmpty() && silence.isPresent()) {
            return new Answer.Unreachable<>(silence.get());
        }
        return new Answer.Found<>(claims.values().stream()
                .sorted(Comparator.comparing(Claim::due))
                .toList());
    }

    private Map<Integer, Reply<Long>> count(int first, Instant now) {
        List<Integer> slots = IntStream.range(0, Ring.SLOTS)
                .mapToObj(i -> Math.floorMod(first + i, Ring.SLOTS))
                .toList();
        return pipeline.ask(
                slots,
                slot -> Request.of(
                        CommandType.ZCOUNT,
                        new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                        set(slot),
                        LOWEST,
                        moment(now)));
    }

    private Map<Integer, Reply<List<byte[]>>> take(Map<Integer, Integer> shares, Instant now, Instant until) {
        return claim.run(
                pipeline,
                shares.keySet(),
                slot -> Script.Run.of(
                        set(slot), moment(now), Request.bytes(shares.getOrDefault(slot, 1)), moment(until)));
    }

    private List<Claim> read(int slot, List<byte[]> found, Instant until) {
        List<Claim> claims = new ArrayList<>();
        List<byte[]> nobody = new ArrayList<>();
        for (int i = 0; i + 1 < found.size(); i += 2) {
            String member = new String(found.get(i), StandardCharsets.UTF_8);
            String person = member.startsWith("!") ? member.substring(1) : member;
            try {
                PersonKey key = PersonKey.parse(person);
                if (Ring.slot(key) != slot) {
                    throw new MalformedException("is on another slot");
                }
                claims.add(new Claim(key, due(found.get(i + 1)), until));
            } catch (MalformedException e) {
                nobody.add(leased(found.get(i)));
            }
        }
        drop(slot, nobody);
        return claims;
    }

    /** What names nobody would be found again and again. */
    private void drop(int slot, List<byte[]> members) {
        if (!members.isEmpty()) {
            pipeline.ask(
                    List.of(slot),
                    any -> Request.of(
                            CommandType.ZREM,
                            new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                            set(slot),
                            members.toArray(byte[][]::new)));
            unreadable.accept(members.size());
        }
    }

    private static byte[] leased(byte[] member) {
        if (member.length > 0 && member[0] == '!') {
            return member;
        }
        byte[] leased = new byte[member.length + 1];
        leased[0] = '!';
        System.arraycopy(member, 0, leased, 1, member.length);
        return leased;
    }

    private static Instant due(byte[] score) {
        return Instant.ofEpochMilli((long) Double.parseDouble(new String(score, StandardCharsets.US_ASCII)));
    }

    private static WriteResult result(Reply<Long> reply) {
        return reply instanceof Reply.Value<Long> ? WriteResult.WRITTEN : WriteResult.UNREACHABLE;
    }

    /** The key of a slot's sorted set. */
    static byte[] set(int slot) {
        return Request.bytes("due:" + slot);
    }

    private static byte[] member(PersonKey person) {
        return Request.bytes(person.qualified());
    }

    private static byte[] moment(Instant moment) {
        return Request.bytes(milliseconds(moment));
    }

    private static long milliseconds(Instant moment) {
        if (moment.isAfter(Instant.ofEpochMilli(LAST_MILLISECOND))) {
            return LAST_MILLISECOND;
        }
        return moment.isBefore(Instant.EPOCH) ? 0 : moment.toEpochMilli();
    }
}
