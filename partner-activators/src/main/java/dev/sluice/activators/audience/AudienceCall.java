package dev.sluice.activators.audience;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Secrets;
import dev.sluice.activators.Secrets.Secret;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The frame of a call that tells a partner of people in audiences. Stateless. */
public final class AudienceCall {
    private AudienceCall() {}

    /** What is wrong with settings, by reading them; empty if nothing is. */
    public static Optional<String> problem(Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /**
     * Tells with the connection's secret. Settings or a secret that cannot be read park the connection; a secret that cannot
     * be had for now is asked for later.
     */
    public static Answer withSecret(
            Secrets secrets, Connection connection, List<Delivery> batch, Function<Secret, Answer> telling) {
        if (connection.secret().isEmpty()) {
            return parked(batch, "the connection names no secret");
        }
        Secret secret;
        try {
            String account = batch.getFirst().person().account();
            secret = secrets.byName(account, connection.secret().get());
        } catch (UnreachableException e) {
            return Answer.all(batch.size(), Outcome.RetryLater.notTaken("the secret cannot be read now"), Pace.UNSAID);
        } catch (IllegalArgumentException e) {
            return parked(batch, String.valueOf(e.getMessage()));
        }
        try {
            return telling.apply(secret);
        } catch (MalformedException e) {
            return parked(batch, "settings, secret or recipient: " + e.getMessage());
        }
    }

    /**
     * What an answer comes to of which nothing is known but its status. A 2xx without the body that the partner's success
     * has is no success, and a 4xx without any JSON is no refusal: both may be anybody's page.
     */
    public static Answer byStatus(int deliveries, Exchange.Answered answered, Instant now) {
        Outcome outcome = HttpOutcomes.outcome(answered);
        boolean isDoubtful = outcome instanceof Outcome.Delivered
                || (outcome instanceof Outcome.Rejected && !JsonAnswer.isObject(answered.body()));
        return Answer.all(
                deliveries,
                isDoubtful ? new Outcome.RetryLater("the answer was not understood") : outcome,
                HttpOutcomes.pace(answered, now));
    }

    /** All parked until somebody has put the connection right. */
    public static Answer parked(List<Delivery> batch, String reason) {
        return Answer.all(batch.size(), new Outcome.Parked(reason, Scope.CONNECTION), Pace.UNSAID);
    }

    /** Tells each audience of a batch by itself and puts the outcomes back into the batch's order. */
    public static Answer byAudience(List<Delivery> batch, Function<List<Delivery>, Answer> telling) {
        return apart(batch, Delivery::audience, telling);
    }

    /** Tells those of a batch that have the same key by themselves and puts the outcomes back into the batch's order. */
    public static Answer apart(
            List<Delivery> batch, Function<Delivery, String> key, Function<List<Delivery>, Answer> telling) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            places.computeIfAbsent(key.apply(batch.get(i)), same -> new ArrayList<>())
                    .add(i);
        }
        Outcome[] outcomes = new Outcome[batch.size()];
        Pace pace = Pace.UNSAID;
        for (List<Integer> of : places.values()) {
            Answer answer = telling.apply(of.stream().map(batch::get).toList());
            for (int i = 0; i < of.size(); i++) {
                outcomes[of.get(i)] = answer.outcomes().get(i);
            }
            pace = pace.and(answer.pace());
        }
        return new Answer(List.of(outcomes), pace);
    }
}
