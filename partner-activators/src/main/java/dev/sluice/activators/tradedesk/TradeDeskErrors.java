package dev.sluice.activators.tradedesk;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Outcome.Parked.Scope;
import dev.sluice.activators.Pace;
import dev.sluice.activators.audience.AudienceCall;
import dev.sluice.activators.audience.JsonAnswer;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What The Trade Desk's answers mean for deliveries; docs/partners/tradedesk.md has the table. An answer of 200 may still
 * name lines that failed, by the number of their item: 1 is the first. Stateless.
 */
final class TradeDeskErrors {
    private TradeDeskErrors() {}

    /** What a 200 says: what is in no failed line is taken. */
    static List<Outcome> taken(int deliveries, JsonAnswer body) {
        return lines(deliveries, body, new Outcome.Delivered())
                .orElseGet(() -> Collections.nCopies(
                        deliveries, new Outcome.RetryLater("the failed lines were not understood")));
    }

    /** What came of a call that was refused as a whole. */
    static Answer refused(int deliveries, Answered answered, JsonAnswer body, Instant now) {
        Pace pace = HttpOutcomes.pace(answered, now);
        String reason = "The Trade Desk answered " + answered.status();
        return switch (answered.status()) {
            case 400 -> {
                // The lines that failed the request are out; the others were not looked at.
                Optional<List<Outcome>> lines = body.list("FailedLines").isEmpty()
                        ? Optional.empty()
                        : lines(deliveries, body, Outcome.RetryLater.notTaken("another line made the request fail"));
                yield lines.map(outcomes -> new Answer(outcomes, pace))
                        .orElseGet(() -> AudienceCall.byStatus(deliveries, answered, now));
            }
            case 401 -> Answer.all(deliveries, new Outcome.Parked(reason, Scope.CONNECTION), pace);
            // A page instead of JSON comes from a filter in front, which may dislike one body only.
            case 403 ->
                JsonAnswer.isObject(answered.body())
                        ? Answer.all(deliveries, new Outcome.Parked(reason, Scope.CONNECTION), pace)
                        : AudienceCall.byStatus(deliveries, answered, now);
            case 413 -> Answer.all(deliveries, new Outcome.RetryLater(reason + ": too large"), pace);
            case 429 ->
                Answer.all(
                        deliveries,
                        Outcome.RetryLater.notTaken(reason),
                        pace.and(new Pace(OptionalDouble.empty(), Optional.empty(), true)));
            default -> AudienceCall.byStatus(deliveries, answered, now);
        };
    }

    private static Optional<List<Outcome>> lines(int deliveries, JsonAnswer body, Outcome others) {
        if (body.hasOthersThanObjects("FailedLines")) {
            return Optional.empty();
        }
        Map<Integer, Outcome> failed = new HashMap<>();
        for (JsonAnswer line : body.list("FailedLines")) {
            Optional<Integer> item = line.whole("ItemNumber");
            if (item.isEmpty() || item.get() < 1 || item.get() > deliveries) {
                return Optional.empty();
            }
            failed.put(item.get() - 1, outcome(line.text("ErrorCode").orElse("")));
        }
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < deliveries; i++) {
            outcomes.add(failed.getOrDefault(i, others));
        }
        return Optional.of(outcomes);
    }

    private static Outcome outcome(String code) {
        return switch (code) {
            case "MissingUserId",
                    "UserNotMapped",
                    "InvalidParameterFormat",
                    "ItemDeserializationError",
                    "Uid2Error",
                    "InvalidTtlInMinutes",
                    "InvalidBidFactor",
                    "InvalidBaseBidCPM",
                    "BaseBidCPMMetadataTooLong" -> new Outcome.Rejected("The Trade Desk refused the line: " + code);
            case "DataNameTooLong",
                    "TargetingDataDisabled",
                    "TargetingDataCreationLimitExceeded",
                    "TargetingDataCountLimitExceeded",
                    "TenantRestrictionsExternalData" ->
                new Outcome.Parked("The Trade Desk refused the data: " + code, Scope.AUDIENCE);
            case "InvalidDataOwnerId" ->
                new Outcome.Parked("The Trade Desk refused the advertiser: " + code, Scope.CONNECTION);
            default -> new Outcome.RetryLater("The Trade Desk refused the line for a reason that is not known");
        };
    }
}
