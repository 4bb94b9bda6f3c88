package dev.sluice.local.drills;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Refuses some records of PutRecords requests in JSON, as a hot shard does; the others are really put. A record is known
 * again by its data, so that it does not matter who repeats it. Thread-safe.
 */
final class PartialPuts {
    private static final Value.Fields REFUSED = Value.Fields.NONE
            .with("ErrorCode", Value.of("ProvisionedThroughputExceededException"))
            .with("ErrorMessage", Value.of("on purpose"));

    private final Trouble.Partial wanted;
    private final Random random;
    /** By data, how often a record was refused. Guarded by this. */
    private final Map<String, Integer> times = new HashMap<>();

    /** Guarded by this. */
    private long refusedSoFar;

    PartialPuts(Trouble.Partial wanted) {
        this.wanted = wanted;
        this.random = new Random(wanted.seed());
    }

    /** A request without the refused records, and which those were. */
    record Chosen(byte[] request, boolean[] refused, boolean anyTaken) {
        /** The answer to the whole request, made of the server's to the shortened one. */
        byte[] answer(byte[] ofServer) {
            Value.Fields answered = JsonText.readObject(ofServer);
            List<Value> put = answered.list("Records");
            List<Value> all = new ArrayList<>();
            int next = 0;
            int failed = 0;
            for (boolean refusedOne : refused) {
                all.add(refusedOne ? REFUSED : put.get(next++));
                failed += refusedOne ? 1 : 0;
            }
            return json(answered.with("FailedRecordCount", Value.of(failed)).with("Records", new Value.Many(all)));
        }
    }

    synchronized long refused() {
        return refusedSoFar;
    }

    /** Records that were refused so often, or oftener. */
    synchronized long refusedAtLeast(int often) {
        return times.values().stream().filter(it -> it >= often).count();
    }

    synchronized Chosen choose(byte[] body) {
        Value.Fields request = JsonText.readObject(body);
        List<Value.Fields> records = request.innerList("Records");
        boolean[] refused = new boolean[records.size()];
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < refused.length; i++) {
            String data = records.get(i).text("Data");
            int before = times.getOrDefault(data, 0);
            refused[i] = before < wanted.atMost() && random.nextDouble() < wanted.share();
            if (refused[i]) {
                refusedSoFar++;
                times.put(data, before + 1);
            } else {
                kept.add(records.get(i));
            }
        }
        return new Chosen(json(request.with("Records", new Value.Many(kept))), refused, !kept.isEmpty());
    }

    private static byte[] json(Value.Fields fields) {
        return JsonText.writeObject(json -> fields.fields().forEach((name, value) -> {
            json.writeName(name);
            JsonText.write(json, value);
        }));
    }
}
