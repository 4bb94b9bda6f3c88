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
    private final FoldState base;
    private final FoldState head;
    private final List<Occurrence> events;
    private final Map<String, Occurrence> byId = new HashMap<>();
    private int taken;
    private int repeated;
    private int tooLate;
    private boolean disordered;

    /** @param base nothing is put before it any more */
    KeptEvents(Recent recent, FoldState base) {
        this.base = base;
        this.head = recent.head();
        this.events = new ArrayList<>(recent.events());
        events.forEach(event -> byId.put(event.id(), event));
    }

    void add(Occurrence arrival) {
        Occurrence known = byId.get(arrival.id());
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
        if (base.isBefore(event) || byId.containsKey(event.id())) {
            add(event);
        } else {
            byId.put(event.id(), event);
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
        byId.put(arrival.id(), arrival);
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
