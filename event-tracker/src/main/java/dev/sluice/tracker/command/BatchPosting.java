package dev.sluice.tracker.command;

import dev.sluice.tracker.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Posts messages as a batch. A body that is refused whole is halved until the message is alone for whose sake it was. Used
 * by one thread.
 */
final class BatchPosting {
    /** A request's size unpacked; the tracker takes 500 KiB. */
    static final int BATCH_BYTES = 400_000;

    private static final byte[] BEGIN = "{\"batch\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

    private final BatchSender tracker;

    BatchPosting(BatchSender tracker) {
        this.tracker = tracker;
    }

    /**
     * What became of them.
     *
     * @param refused by place
     * @param retries before the answer of each request that was needed
     */
    record Posted(Map<Integer, Problem> refused, List<Integer> retries) {}

    /** @param messages JSON texts, not empty, of {@link #BATCH_BYTES} at most unless it is one alone */
    Posted post(List<byte[]> messages) {
        var posted = new Posted(new TreeMap<>(), new ArrayList<>());
        post(messages, 0, posted);
        return posted;
    }

    private void post(List<byte[]> part, int first, Posted posted) {
        BatchSender.Answered answered = tracker.post(body(part));
        posted.retries().add(answered.retries());
        switch (answered.answer()) {
            case BatchSender.Answer.Judged(Map<Integer, Problem> refused) ->
                refused.forEach((index, problem) -> posted.refused().put(first + index, problem));
            case BatchSender.Answer.RefusedWhole(Problem problem) -> {
                if (part.size() == 1) {
                    posted.refused().put(first, problem);
                } else {
                    int half = part.size() / 2;
                    post(part.subList(0, half), first, posted);
                    post(part.subList(half, part.size()), first + half, posted);
                }
            }
        }
    }

    private static byte[] body(List<byte[]> part) {
        var body = new ByteArrayOutputStream(BATCH_BYTES);
        body.writeBytes(BEGIN);
        for (int i = 0; i < part.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(part.get(i));
        }
        body.writeBytes(END);
        return body.toByteArray();
    }
}
