package dev.sluice.classifier.redis;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.KnownPeople;
import dev.sluice.classifier.StoredUserState;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everyone who has a hash, by {@code SCAN}, one node after the other in the order of their names. A cursor is the node's
 * name and Redis' own cursor there. Keys that look like a person's but name nobody are passed over. While a part of a
 * cluster's keys is without a node nobody is found, so that no one is left out. Thread-safe.
 */
public final class RedisKnownPeople implements KnownPeople {
    private static final Pattern CURSOR = Pattern.compile("([\\w-]{1,64}):(\\d{1,20})");

    private final RedisLink link;
    private final Pipeline pipeline;

    public RedisKnownPeople(RedisLink link) {
        this.link = link;
        this.pipeline = new Pipeline(link);
    }

    private record Place(String node, String cursor) {
        static Optional<Place> read(String text) {
            var parts = CURSOR.matcher(text);
            return parts.matches() ? Optional.of(new Place(parts.group(1), parts.group(2))) : Optional.empty();
        }

        String text() {
            return node + ":" + cursor;
        }
    }

    @Override
    public Answer<Page> page(Optional<String> cursor, int about) {
        List<String> nodes = link.names();
        if (nodes.isEmpty()) {
            return new Answer.Unreachable<>("Redis is not connected");
        }
        if (!link.isWhole()) {
            link.refreshSoon();
            return new Answer.Unreachable<>("a part of the cluster's keys is without a node");
        }
        Optional<Place> place =
                cursor.isPresent() ? Place.read(cursor.get()) : Optional.of(new Place(nodes.getFirst(), "0"));
        if (place.isEmpty()) {
            return new Answer.Unreadable<>("no cursor of this store");
        }
        // A node that has gone meanwhile had its turn: its people are where its slots are now.
        return nodes.contains(place.get().node())
                ? page(nodes, place.get(), about)
                : new Answer.Found<>(
                        new Page(List.of(), after(nodes, place.get().node())));
    }

    private Answer<Page> page(List<String> nodes, Place place, int about) {
        var arguments = Request.args()
                .add(place.cursor())
                .add("MATCH")
                .add(StoredUserState.PATTERN)
                .add("COUNT")
                .add(about);
        Reply<KeyScanCursor<byte[]>> reply = pipeline.askNode(
                place.node(),
                Request.command(CommandType.SCAN, new KeyScanOutput<>(ByteArrayCodec.INSTANCE), arguments));
        return reply.answer(found -> new Answer.Found<>(new Page(
                found.getKeys().stream()
                        .map(key -> new String(key, StandardCharsets.UTF_8))
                        .flatMap(key -> StoredUserState.person(key).stream())
                        .toList(),
                found.isFinished()
                        ? after(nodes, place.node())
                        : Optional.of(new Place(place.node(), found.getCursor()).text()))));
    }

    private static Optional<String> after(List<String> nodes, String node) {
        return nodes.stream()
                .filter(other -> other.compareTo(node) > 0)
                .findFirst()
                .map(next -> new Place(next, "0").text());
    }
}
