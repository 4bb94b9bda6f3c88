package dev.sluice.activators.delivery;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Partner;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.SegmentChange.Direction;
import dev.sluice.model.profile.Shared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A partner that keeps what it is told and says what it is told to say. A person's e-mail address is the name. Thread-safe. */
public class KeepingPartner implements Partner {
    private final boolean follows;
    private final boolean hearsOfLeaving;
    private final int batch;
    private final Set<String> present = new HashSet<>();
    private final List<Delivery> told = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private Function<List<Delivery>, Answer> answers =
            batch -> Answer.all(batch.size(), new Outcome.Delivered(), Pace.UNSAID);

    public KeepingPartner(boolean follows, boolean hearsOfLeaving, int batch) {
        this.follows = follows;
        this.hearsOfLeaving = hearsOfLeaving;
        this.batch = batch;
    }

    /** A connection to it, of every segment, for those who agreed to {@code ads}. */
    public static Connection connection(String name) {
        return new Connection(
                name,
                "keeping",
                Optional.empty(),
                new Consent(Consent.Policy.ALL, List.of("ads")),
                Optional.empty(),
                false,
                Value.Fields.NONE);
    }

    /** What it says from now on; what it delivered it has taken. */
    public synchronized void answers(Function<List<Delivery>, Answer> other) {
        answers = other;
    }

    /** The same for every delivery from now on. */
    public void answersWith(Outcome outcome) {
        answers(deliveries -> Answer.all(deliveries.size(), outcome, Pace.UNSAID));
    }

    /** Whom it has: {@code audience recipient}, or {@code audience person} if it does not follow recipients. */
    public synchronized Set<String> present() {
        return Set.copyOf(present);
    }

    /** Everything that it was told, taken or not. */
    public synchronized List<Delivery> told() {
        return List.copyOf(told);
    }

    /** As {@link #told}, in short: {@code person version ±segment}. */
    public List<String> texts() {
        return told().stream().map(KeepingPartner::text).toList();
    }

    public static String text(Delivery delivery) {
        String sign = delivery.direction() == Direction.ENTERED ? "+" : "-";
        return delivery.person().person() + " " + delivery.version() + " " + sign + delivery.segment();
    }

    /** Deliveries of each call. */
    public synchronized List<Integer> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String name() {
        return "keeping";
    }

    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(batch, 4, 1000, Duration.ofSeconds(1));
    }

    @Override
    public Optional<String> problem(Connection connection) {
        return Optional.empty();
    }

    @Override
    public Optional<String> recipient(Connection connection, PersonKey person, Shared shared) {
        return shared.traits().findText("email");
    }

    @Override
    public boolean followsRecipients() {
        return follows;
    }

    @Override
    public boolean hearsOfLeaving() {
        return hearsOfLeaving;
    }

    @Override
    public Answer deliver(Connection connection, List<Delivery> deliveries) {
        Function<List<Delivery>, Answer> now;
        synchronized (this) {
            now = answers;
            calls.add(deliveries.size());
            deliveries.forEach(this::hear);
        }
        Answer answer = now.apply(deliveries);
        for (int i = 0; i < deliveries.size(); i++) {
            if (answer.outcomes().get(i) instanceof Outcome.Delivered) {
                take(deliveries.get(i));
            }
        }
        return answer;
    }

    /** Takes a delivery, whatever it answers. */
    public synchronized void take(Delivery delivery) {
        // Whoever does not follow names knows a person by the id.
        String place = delivery.audience() + " "
                + (follows ? delivery.recipient() : delivery.person().person());
        if (delivery.direction() == Direction.ENTERED) {
            present.add(place);
        } else {
            present.remove(place);
        }
    }

    /** One id means one thing. */
    private void hear(Delivery delivery) {
        told.add(delivery);
        String what =
                follows ? text(delivery) + " " + delivery.audience() + " " + delivery.recipient() : text(delivery);
        String before = ids.putIfAbsent(delivery.id(), what);
        if (before != null && !before.equals(what)) {
            throw new AssertionError("one id for " + before + " and " + what);
        }
    }
}
