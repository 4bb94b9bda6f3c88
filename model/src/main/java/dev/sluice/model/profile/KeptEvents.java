package dev.sluice.model.profile;

import dev.sluice.model.rules.Occurrence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A person's kept events while arrivals are put among them. Used by one thread for one fold. */
final class KeptEvents {
    private static final int FEW_LOOKUPS = 3;

    private final FoldState base;
    private final FoldState head;
    private final List<Occurrence> events;
    private final Map<String, Occurrence> byId = new HashMap<>();
    private int lookups;
    private int taken;
    private int repeated;
    private int tooLate;
    private boolean disordered;

    /** @param base nothing is put before it any more */
    KeptEvents(Recent recent, FoldState base) {
        this.base = base;
        this.head = recent.head();
        this.events = new ArrayList<>(recent.events());
    }

    /** Looks through the events one by one as long as that costs less than a map of all of them. */
    private @Nullable Occurrence known(String id) {
        if (lookups < FEW_LOOKUPS) {
            lookups++;
            for (int i = events.size() - 1; i >= 0; i--) {
                if (events.get(i).id().equals(id)) {
                    return events.get(i);
                }
            }
            return null;
        }
        if (lookups == FEW_LOOKUPS) {
            lookups++;
            events.forEach(event -> byId.put(event.id(), event));
        }
        return byId.get(id);
    }

    private void know(Occurrence event) {
        if (lookups > FEW_LOOKUPS) {
            byId.put(event.id(), event);
        }
    }

    void add(Occurrence arrival) {
        Occurrence known = known(arrival.id());
        boolean settled = known != null && !base.isBefore(known);
        if (known != null && (settled || !isCanonicalOver(arrival, known))) {
            repeated++;
        } else if (!base.isBefore(arrival)) {
            tooLate++;
        } else {
            replace(known, arrival);
        }
    }

    /** As {@link #add}; but what another has settled stays as history. */
    void takeOver(Occurrence event) {
        if (base.isBefore(event) || known(event.id()) != null) {
            add(event);
        } else {
            know(event);
            events.add(-Collections.binarySearch(events, event) - 1, event);
            disordered = true;
        }
    }

    private void replace(@Nullable Occurrence known, Occurrence arrival) {
        if (known == null) {
            taken++;
        } else {
            events.remove(Collections.binarySearch(events, known));
            disordered = true;
            repeated++;
        }
        know(arrival);
        int place = -Collections.binarySearch(events, arrival) - 1;
        events.add(place, arrival);
        disordered |= !head.isBefore(arrival);
    }

    /** Of two copies the one received first; of two received at once, the earlier in event time. */
    private static boolean isCanonicalOver(Occurrence arrival, Occurrence known) {
        int received = arrival.receivedAt().compareTo(known.receivedAt());
        return received < 0 || (received == 0 && arrival.time().isBefore(known.time()));
    }

    List<Occurrence> events() {
        return events;
    }

    boolean changed() {
        return taken > 0 || disordered;
    }

    int taken() {
        return taken;
    }

    int repeated() {
        return repeated;
    }

    int tooLate() {
        return tooLate;
    }

    boolean disordered() {
        return disordered;
    }
}
