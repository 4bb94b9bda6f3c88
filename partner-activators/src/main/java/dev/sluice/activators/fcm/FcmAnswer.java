package dev.sluice.activators.fcm;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.http.HttpOutcomes;
import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.messages.Channel;
import dev.sluice.activators.messages.Services;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What FCM's answers mean, by the error code in their details.
 *
 * <table>
 * <caption>Errors</caption>
 * <tr><th>code</th><th>outcome</th></tr>
 * <tr><td>{@code UNREGISTERED}</td><td>the device is gone</td></tr>
 * <tr><td>{@code INVALID_ARGUMENT} of {@code message.token}</td><td>the device is gone</td></tr>
 * <tr><td>{@code INVALID_ARGUMENT}, {@code SENDER_ID_MISMATCH}</td><td>rejected</td></tr>
 * <tr><td>{@code QUOTA_EXCEEDED}</td><td>later, after {@code Retry-After} or a minute</td></tr>
 * <tr><td>{@code UNAVAILABLE}, {@code INTERNAL}</td><td>later</td></tr>
 * <tr><td>{@code THIRD_PARTY_AUTH_ERROR}, status 401</td><td>the campaign is parked</td></tr>
 * </table>
 *
 * A 404 without {@code UNREGISTERED} is a wrong project, not a device that is gone: it is rejected.
 *
 * @see <a href="https://firebase.google.com/docs/cloud-messaging/error-codes">Error codes, read in November 2026</a>
 */
final class FcmAnswer {
    static final String UNAUTHENTICATED = "FCM does not take the service account";

    private static final String FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
    private static final Duration WITHOUT_RETRY_AFTER = Duration.ofMinutes(1);

    private FcmAnswer() {}

    /** Empty if the answer says no more than its status. */
    static Optional<Channel.Result> result(Exchange.Answered answered, Instant now) {
        Pace pace = HttpOutcomes.pace(answered, now);
        if (answered.status() == 200) {
            return Optional.of(Services.taken(answered, "name", now));
        }
        Value.Fields error = error(answered);
        String code = code(error);
        return switch (code) {
            case "UNREGISTERED" -> Optional.of(new Channel.Result.Gone());
            case "INVALID_ARGUMENT" ->
                Optional.of(
                        namesToken(error)
                                ? new Channel.Result.Gone()
                                : new Channel.Result.Answered(new Outcome.Rejected("FCM: INVALID_ARGUMENT"), pace));
            case "SENDER_ID_MISMATCH" ->
                Optional.of(new Channel.Result.Answered(new Outcome.Rejected("FCM: SENDER_ID_MISMATCH"), pace));
            case "QUOTA_EXCEEDED" -> {
                Instant then = pace.notBefore().orElse(now.plus(WITHOUT_RETRY_AFTER));
                yield Optional.of(new Channel.Result.Answered(
                        new Outcome.RetryLater("FCM: QUOTA_EXCEEDED"),
                        new Pace(pace.callsPerSecond(), Optional.of(then), true)));
            }
            case "THIRD_PARTY_AUTH_ERROR" -> parked("FCM: THIRD_PARTY_AUTH_ERROR", pace);
            default -> answered.status() == 401 ? parked(UNAUTHENTICATED, pace) : Optional.empty();
        };
    }

    private static Optional<Channel.Result> parked(String reason, Pace pace) {
        return Optional.of(
                new Channel.Result.Answered(new Outcome.Parked(reason, Outcome.Parked.Scope.CONNECTION), pace));
    }

    /** Nothing of an answer that is not JSON, a gateway's page say. */
    private static Value.Fields error(Exchange.Answered answered) {
        try {
            return JsonText.readObject(answered.body()).inner("error");
        } catch (MalformedException e) {
            return Value.Fields.NONE;
        }
    }

    private static String code(Value.Fields error) {
        try {
            for (Value.Fields detail : error.innerList("details")) {
                if (detail.findText("@type").equals(Optional.of(FCM_ERROR))) {
                    return detail.findText("errorCode").orElse("");
                }
            }
            return error.findText("status").filter("INVALID_ARGUMENT"::equals).orElse("");
        } catch (MalformedException e) {
            return "";
        }
    }

    private static boolean namesToken(Value.Fields error) {
        try {
            return error.innerList("details").stream()
                    .flatMap(detail -> detail.innerList("fieldViolations").stream())
                    .anyMatch(violation -> violation.findText("field").equals(Optional.of("message.token")));
        } catch (MalformedException e) {
            return false;
        }
    }
}
