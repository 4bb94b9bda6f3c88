package dev.sluice.classifier.redis;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many people each slot gives if there are more than are wanted. Stateless. */
final class Shares {
    private Shares() {}

    /**
     * The same from each, and more from those that have more if others have less.
     *
     * @param present how many there are, slot by slot; the first are served first if there are fewer wanted than slots
     * @return slots that give one at least
     */
    static Map<Integer, Integer> of(Map<Integer, Long> present, int wanted) {
        Map<Integer, Integer> shares = new LinkedHashMap<>();
        var open = new ArrayDeque<Integer>();
        present.forEach((slot, people) -> {
            if (people > 0) {
                open.add(slot);
            }
        });
        int left = wanted;
        while (left > 0 && !open.isEmpty()) {
            int equal = Math.max(1, left / open.size());
            for (int i = open.size(); i > 0 && left > 0; i--) {
                int slot = open.remove();
                int before = shares.getOrDefault(slot, 0);
                long rest = present.getOrDefault(slot, 0L) - before;
                int more = (int) Math.min(Math.min(equal, left), rest);
                shares.put(slot, before + more);
                left -= more;
                if (rest > more) {
                    open.add(slot);
                }
            }
        }
        return shares;
    }
}
