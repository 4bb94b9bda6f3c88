package dev.sluice.local.simulator;

import dev.sluice.local.simulator.Shipment.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One player with a device: what they do next, drawn from their own random numbers.
 *
 * <p>Everything follows from the seed, the number of the player and the instants passed to {@link #act}. {@link #act}
 * belongs to one thread; the identity may be read by any.
 */
final class Player {
    private static final int RECENT_EVENTS = 8;

    private final SplittableRandom random;
    private final Habits habits;
    private final Duration clockError;
    private final String anonymousId;
    private final @Nullable UserProfileRow row;
    private final List<Integer> newDeviceAtRequest;
    private final Instant earliest;
    private final Session session;
    private final List<ClientEvent> recent = new ArrayList<>();
    private boolean appeared;
    private int actsAnonymously;
    private int eventsMade;

    /** A player of the given number, who may deliver events as old as {@code earliest} when first seen. */
    Player(long seed, int number, Instant earliest) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        this.earliest = earliest;
        this.habits = Habits.draw(random);
        this.clockError = drawClockError();
        this.anonymousId = "a-%06d-%08x".formatted(number, random.nextInt());
        boolean signsUp = random.nextInt(100) < 82;
        String userId = "player-%06d".formatted(number);
        this.row = signsUp ? drawRow(userId) : null;
        this.actsAnonymously = signsUp && random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 0;
        this.session = new Session(random, habits);
        this.newDeviceAtRequest = drawNewDevices(seed, number);
    }

    /** The row that sign-up writes; null for a player who stays anonymous. */
    @Nullable
    UserProfileRow row() {
        return row;
    }

    /** Before which requests of theirs, counted from 1, the row gets the other device system; rising. */
    List<Integer> newDeviceAtRequest() {
        return newDeviceAtRequest;
    }

    /** How many different events there were so far. */
    int eventsMade() {
        return eventsMade;
    }

    boolean clockIsWrong() {
        return !clockError.isZero();
    }

    /** What the device sends now; never empty. Events carry times at or before {@code now}, by the device's clock. */
    List<Shipment> act(Instant now) {
        if (!appeared) {
            appeared = true;
            if (random.nextInt(100) < 65) {
                return List.of(together(backlog(now), true));
            }
        }
        if (random.nextDouble() < habits.goesOffline()) {
            return List.of(together(offlineSession(now), true));
        }
        List<ClientEvent> events = live(now);
        if (events.size() > 1 && random.nextBoolean()) {
            return events.stream().map(this::alone).toList();
        }
        return List.of(events.size() == 1 && random.nextInt(10) < 7 ? alone(events.getFirst()) : withAnOldOne(events));
    }

    /** Sessions of the past weeks, which the device never got rid of. */
    private List<ClientEvent> backlog(Instant now) {
        long pastMillis = Math.max(1, ChronoUnit.MILLIS.between(earliest, now));
        var events = new ArrayList<ClientEvent>();
        int sessions = 2 + random.nextInt(6);
        for (int i = 0; i < sessions; i++) {
            Instant start = now.minusMillis(random.nextLong(pastMillis));
            addSession(events, start, now, 2 + random.nextInt(4));
        }
        return events;
    }

    /** Played without a network, minutes to days ago. */
    private List<ClientEvent> offlineSession(Instant now) {
        long minutes = random.nextBoolean() ? 1 + random.nextInt(90) : 90 + random.nextInt(5 * 24 * 60);
        var events = new ArrayList<ClientEvent>();
        addSession(events, now.minus(Duration.ofMinutes(minutes)), now, 2 + random.nextInt(6));
        return events;
    }

    private void addSession(List<ClientEvent> events, Instant start, Instant now, int steps) {
        Instant at = start;
        session.close();
        for (int i = 0; i < steps && at.isBefore(now); i++) {
            addStep(events, at);
            at = at.plusMillis(500 + random.nextInt(45_000));
        }
        session.close();
        if (events.isEmpty()) {
            addStep(events, now);
        }
    }

    private List<ClientEvent> live(Instant now) {
        var events = new ArrayList<ClientEvent>();
        addStep(events, now.minusMillis(random.nextInt(200)));
        if (random.nextInt(40) == 0) {
            events.add(event(session.broken(), now));
        }
        return events;
    }

    private void addStep(List<ClientEvent> events, Instant at) {
        List<Action> actions = session.step();
        // Now and then everything of a step happens in the same millisecond, so that only the ids order it.
        boolean atOnce = random.nextInt(6) == 0;
        Instant time = at;
        for (int i = actions.size() - 1; i >= 0; i--) {
            events.add(event(actions.get(i), time));
            time = atOnce ? time : time.minusMillis(1 + random.nextInt(40));
        }
    }

    private ClientEvent event(Action action, Instant trueTime) {
        eventsMade++;
        // A device with a wrong clock always says its time: without one, nobody could tell what was meant.
        boolean saysTime = clockIsWrong() || random.nextInt(50) > 0;
        Instant clientTime = saysTime ? trueTime.plus(clockError).truncatedTo(ChronoUnit.MILLIS) : null;
        var timeField = switch (random.nextInt(10)) {
            case 0 -> ClientEvent.TimeField.BOTH;
            case 1, 2 -> ClientEvent.TimeField.ORIGINAL_TIMESTAMP;
            default -> ClientEvent.TimeField.TIMESTAMP;
        };
        return new ClientEvent(id(action), person(), action, clientTime, timeField, clockIsWrong());
    }

    private Person person() {
        return row == null || actsAnonymously > 0
                ? new Person(null, anonymousId)
                : new Person(row.userId(), anonymousId);
    }

    private String id(Action action) {
        String id = "%016x-%08x".formatted(random.nextLong(), random.nextInt());
        boolean isLong = action instanceof Action.Broken(Action.Flaw flaw) && flaw == Action.Flaw.LONG_ID;
        return isLong ? id + "-" + "x".repeat(100) : id;
    }

    private Shipment alone(ClientEvent event) {
        Shipment.Endpoint endpoint = switch (event.action().type()) {
            case "identify" -> Shipment.Endpoint.IDENTIFY;
            case "screen" -> Shipment.Endpoint.SCREEN;
            case "track" -> Shipment.Endpoint.TRACK;
            default -> Shipment.Endpoint.BATCH; // the path would repair an unknown type
        };
        return shipment(endpoint, List.of(event), random.nextInt(20) > 0);
    }

    /** A batch, and sometimes the device thinks that an event of before was not delivered. */
    private Shipment withAnOldOne(List<ClientEvent> events) {
        if (recent.isEmpty() || random.nextInt(15) > 0) {
            return together(events, random.nextInt(20) > 0);
        }
        var more = new ArrayList<>(events);
        more.add(random.nextInt(more.size() + 1), recent.get(random.nextInt(recent.size())));
        return together(more, random.nextInt(20) > 0);
    }

    private Shipment together(List<ClientEvent> events, boolean saysSentAt) {
        Shipment.Endpoint endpoint = switch (random.nextInt(4)) {
            case 0 -> Shipment.Endpoint.IMPORT;
            case 1 -> Shipment.Endpoint.IMPORT_AS_JAVA_DOES;
            default -> Shipment.Endpoint.BATCH;
        };
        return shipment(endpoint, events, saysSentAt);
    }

    private Shipment shipment(Shipment.Endpoint endpoint, List<ClientEvent> events, boolean saysSentAt) {
        int luck = random.nextInt(100);
        Repeat repeat = Repeat.NEVER;
        if (luck < 4) {
            repeat = Repeat.AFTER_THE_ANSWER;
        } else if (luck == 4 && !clockIsWrong()) {
            repeat = Repeat.AT_ONCE;
        }
        remember(events);
        if (actsAnonymously > 0) {
            actsAnonymously--;
        }
        boolean keyInBody = endpoint == Shipment.Endpoint.IMPORT_AS_JAVA_DOES || random.nextInt(4) == 0;
        boolean gzip = events.size() > 3 && random.nextBoolean();
        return new Shipment(this, endpoint, events, clockError, saysSentAt, keyInBody, gzip, repeat);
    }

    private void remember(List<ClientEvent> events) {
        for (ClientEvent event : events) {
            if (!event.isBroken()) {
                recent.add(event);
            }
        }
        while (recent.size() > RECENT_EVENTS) {
            recent.removeFirst();
        }
    }

    /** One device in eight is off by minutes to days, in either direction. */
    private Duration drawClockError() {
        if (random.nextInt(8) > 0) {
            return Duration.ZERO;
        }
        long seconds = random.nextBoolean() ? 180 + random.nextInt(7_200) : 7_200 + random.nextInt(3 * 86_400);
        return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
    }

    /** One in four once, as many twice. From numbers of its own, so that nothing else of a seed changes with it. */
    private static List<Integer> drawNewDevices(long seed, int number) {
        var own = new SplittableRandom(~seed * 0x9E3779B97F4A7C15L + number);
        int first = 2 + own.nextInt(8);
        return switch (own.nextInt(4)) {
            case 0 -> List.of(first);
            case 1 -> List.of(first, first + 1 + own.nextInt(8));
            default -> List.of();
        };
    }

    private UserProfileRow drawRow(String userId) {
        return new UserProfileRow(
                userId,
                "device-%08x".formatted(random.nextInt()),
                random.nextInt(5) < 2 ? "iOS" : "Android",
                LocalDate.of(1960, 1, 1).plusDays(random.nextInt(45 * 365)),
                List.of("f", "m", "x").get(random.nextInt(3)));
    }
}
