package dev.sluice.activators.messages;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.PartnerLimits;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A channel that keeps what it is given and answers as told: delivered, if nothing is said. */
final class TestChannel implements Channel {
    final List<Message> sent = new ArrayList<>();
    final Deque<Result> answers = new ArrayDeque<>();
    private final boolean repeatable;

    TestChannel(boolean repeatable) {
        this.repeatable = repeatable;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public PartnerLimits limits() {
        return new PartnerLimits(1, 4, 100, Duration.ofSeconds(10));
    }

    @Override
    public List<Part> parts() {
        return List.of(new Part("title", false, true, 50), new Part("body", true, false, 500));
    }

    @Override
    public Set<String> settings() {
        return Set.of("project");
    }

    @Override
    public void check(Connection connection, Settings settings) {
        settings.text("project", "[a-z]+");
    }

    @Override
    public List<String> addresses(Value.Fields traits) {
        return traits.list("addresses").stream()
                .map(address -> ((Value.Text) address).text())
                .toList();
    }

    @Override
    public boolean repeatable() {
        return repeatable;
    }

    @Override
    public synchronized Result send(Message message) {
        sent.add(message);
        return answers.isEmpty() ? new Result.Answered(new Outcome.Delivered(), Pace.UNSAID) : answers.removeFirst();
    }
}
