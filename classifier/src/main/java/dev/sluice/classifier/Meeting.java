package dev.sluice.classifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which server was met last at a {@link Place} of the store of states, and what was lost there up to then. Immutable.
 *
 * @param place its name
 * @param version 1 for the first, then one higher with every write
 * @param losses in the order in which they were noticed; of more than {@value #MAX_LOSSES} the oldest are put together
 * @param writer token of the write, so that a retried write that had succeeded is recognised as one's own
 */
public record Meeting(String place, long version, Server server, List<Loss> losses, String writer) {
    static final int MAX_LOSSES = 16;

    public Meeting {
        var all = new ArrayList<>(losses);
        while (all.size() > MAX_LOSSES) {
            all.addFirst(all.removeFirst().and(all.removeFirst()));
        }
        losses = List.copyOf(all);
    }

    /**
     * Something that was lost.
     *
     * @param at when that was noticed; kept to the millisecond
     * @param share of the place at that time
     */
    public record Loss(StoreLoss.Kind kind, Instant at, String share) {
        /** One that concerns whom either does. */
        Loss and(Loss other) {
            return new Loss(
                    kind.compareTo(other.kind) > 0 ? kind : other.kind,
                    at.isAfter(other.at) ? at : other.at,
                    share.equals(other.share) ? share : Place.EVERYTHING);
        }
    }

    /** The next version: another server was met after a loss. */
    Meeting then(Server other, Loss loss, String token) {
        var all = new ArrayList<>(losses);
        all.add(loss);
        return new Meeting(place, version + 1, other, all, token);
    }
}
