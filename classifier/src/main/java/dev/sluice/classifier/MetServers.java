package dev.sluice.classifier;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which servers answered for the store of states, in this process and before it, and so what was lost. Thread-safe.
 *
 * <p><b>Why a loss is known to who starts after it.</b> Who met a server is kept in {@link Meetings}. A process that has not
 * met a place yet waits until it has read that: what was lost before is noted then, and a server that nobody has met there
 * is a loss of now. Who knows a place waits for nothing: it notes what it sees, and writes it down beside that. While that
 * write fails it is tried again with every check; should the process end before, the server that is written down still
 * differs from the one that answers, and the next process notes the loss, later and so for more people.
 */
public final class MetServers {
    /** Others who write the same place at the same time, at most. */
    private static final int MAX_TRIES = 8;

    private final Meetings meetings;
    private final Losses losses;
    private final Consumer<StoreLoss> news;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<String, Memory> places = new ConcurrentHashMap<>();
    private final Map<String, Server> nodes = new ConcurrentHashMap<>();

    /**
     * @param news is told of losses that this process notices; must not wait
     * @param executor for what waits for the meetings' store: a thread for each place and one more
     */
    public MetServers(
            Meetings meetings, Losses losses, Consumer<StoreLoss> news, InstantSource clock, Executor executor) {
        this.meetings = meetings;
        this.losses = losses;
        this.news = news;
        this.clock = clock;
        this.executor = executor;
    }

    /** Of this process alone. */
    public static MetServers ofThisProcess(Losses losses, Consumer<StoreLoss> news) {
        return new MetServers(Meetings.NOT_KEPT, losses, news, InstantSource.system(), Runnable::run);
    }

    /** What this process knows of a place; guarded by itself. */
    private static final class Memory {
        private @Nullable Server met;
        private @Nullable Server written;
        private Optional<Meeting.Loss> unwritten = Optional.empty();
        private boolean isWriting;

        synchronized boolean knows() {
            return met != null;
        }

        /** Should another have been met meanwhile, that is written with the next check. */
        synchronized void written(@Nullable Server server) {
            written = server;
            if (server != null && server.equals(met)) {
                unwritten = Optional.empty();
            }
        }

        synchronized boolean beginsToWrite() {
            boolean begins = !isWriting && met != null && !met.equals(written);
            isWriting |= begins;
            return begins;
        }

        synchronized void endsToWrite() {
            isWriting = false;
        }
    }

    /**
     * Says which server answers at a place, before any other answer of it is used.
     *
     * @return completes when what was lost there is noted; fails if that is not known now
     */
    public CompletionStage<Void> meet(Place place, Server server) {
        Memory memory = places.computeIfAbsent(place.name(), any -> new Memory());
        if (memory.knows()) {
            met(memory, place, server);
            writeDown(memory, place);
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> meetFirst(memory, place, server), executor)
                .thenRun(() -> writeDown(memory, place));
    }

    private void meetFirst(Memory memory, Place place, Server server) {
        switch (meetings.read(place.name())) {
            case Answer.Found<Optional<Meeting>>(var last) -> {
                synchronized (memory) {
                    if (!memory.knows()) {
                        last.ifPresent(meeting -> recall(memory, place, meeting));
                    }
                }
                met(memory, place, server);
            }
            case Answer.Unreadable<Optional<Meeting>> unreadable -> {
                // What it says is not known, so rather too many are held. It cannot be written over.
                synchronized (memory) {
                    memory.met = server;
                    note(memory, place, StoreLoss.Kind.REPLACED);
                    memory.written(server);
                }
            }
            case Answer.Unreachable<Optional<Meeting>>(var reason) -> throw new IllegalStateException(reason);
        }
    }

    private void recall(Memory memory, Place place, Meeting meeting) {
        meeting.losses().forEach(loss -> losses.note(place.loss(loss.kind(), loss.share()), loss.at()));
        memory.met = meeting.server();
        memory.written = meeting.server();
    }

    private void met(Memory memory, Place place, Server server) {
        synchronized (memory) {
            Server before = memory.met == null ? nodes.get(place.node()) : memory.met;
            memory.met = server;
            nodes.put(place.node(), server);
            if (before != null) {
                server.since(before).ifPresent(kind -> note(memory, place, kind));
            }
        }
    }

    private Meeting.Loss note(Memory memory, Place place, StoreLoss.Kind kind) {
        var loss = new Meeting.Loss(kind, clock.instant(), place.share());
        memory.unwritten = Optional.of(memory.unwritten.map(loss::and).orElse(loss));
        StoreLoss found = place.loss(kind, loss.share());
        losses.note(found, loss.at());
        news.accept(found);
        return loss;
    }

    private void writeDown(Memory memory, Place place) {
        if (memory.beginsToWrite()) {
            executor.execute(() -> {
                try {
                    write(memory, place);
                } finally {
                    memory.endsToWrite();
                }
            });
        }
    }

    private void write(Memory memory, Place place) {
        for (int i = 0; i < MAX_TRIES; i++) {
            if (!(meetings.read(place.name()) instanceof Answer.Found<Optional<Meeting>>(var last))) {
                return;
            }
            Server server;
            Meeting next;
            synchronized (memory) {
                server = memory.met;
                if (server == null
                        || last.filter(meeting -> meeting.server().equals(server))
                                .isPresent()) {
                    memory.written(server);
                    return;
                }
                next = next(memory, place, server, last);
            }
            switch (meetings.write(next)) {
                case WRITTEN -> {
                    memory.written(server);
                    return;
                }
                case UNREACHABLE -> {
                    return;
                }
                case CONFLICT -> {}
            }
        }
    }

    private Meeting next(Memory memory, Place place, Server server, Optional<Meeting> last) {
        String token = UUID.randomUUID().toString();
        if (last.isEmpty()) {
            return new Meeting(
                    place.name(), 1, server, memory.unwritten.stream().toList(), token);
        }
        // That another server was written down meanwhile is a loss too, though this process did not see it.
        Meeting.Loss loss = memory.unwritten.orElseGet(
                () -> note(memory, place, server.since(last.get().server()).orElse(StoreLoss.Kind.REPLACED)));
        return last.get().then(server, loss, token);
    }
}
