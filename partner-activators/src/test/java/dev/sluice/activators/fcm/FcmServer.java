package dev.sluice.activators.fcm;

import dev.sluice.activators.messages.LocalServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Firebase Cloud Messaging as its pages say (read in November 2026): the send method at
 * https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send, its errors at
 * https://firebase.google.com/docs/cloud-messaging/error-codes. It also gives out the access tokens that it takes.
 */
public final class FcmServer extends LocalServer {
    private final Set<String> devices = ConcurrentHashMap.newKeySet();
    private volatile int tokens;

    /** A device that takes messages. */
    public void register(String token) {
        devices.add(token);
    }

    /** Withdraws the access tokens that it gave out. */
    public void withdraw() {
        tokens++;
    }

    @Override
    protected Reply answer(Received request) {
        if (request.uri().getPath().equals("/token")) {
            return Reply.json(
                    200, "{\"access_token\":\"token-" + tokens + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        }
        if (!Optional.ofNullable(request.headers().get("authorization"))
                .equals(Optional.of("Bearer token-" + tokens))) {
            return error(401, "UNAUTHENTICATED", "");
        }
        if (!request.uri().getPath().equals("/v1/projects/my-game/messages:send")) {
            return error(404, "NOT_FOUND", "");
        }
        Value.Fields message = JsonText.readObject(request.body()).inner("message");
        String device = message.text("token");
        if (device.startsWith("malformed")) {
            return error(
                    400,
                    "INVALID_ARGUMENT",
                    fcm("INVALID_ARGUMENT")
                            + ",{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"message.token\","
                            + "\"description\":\"Invalid registration token\"}]}");
        }
        if (message.inner("notification")
                .findText("image")
                .filter(image -> !image.startsWith("http"))
                .isPresent()) {
            return error(400, "INVALID_ARGUMENT", fcm("INVALID_ARGUMENT"));
        }
        return devices.contains(device)
                ? Reply.json(200, "{\"name\":\"projects/my-game/messages/0:1500415314455276%31bd1c9631bd1c96\"}")
                : error(404, "NOT_FOUND", fcm("UNREGISTERED"));
    }

    /** An error with these details. */
    public static Reply error(int code, String status, String details) {
        return Reply.json(
                code,
                "{\"error\":{\"code\":" + code + ",\"message\":\"" + status + "\",\"status\":\"" + status
                        + "\",\"details\":[" + details + "]}}");
    }

    /** The detail that names FCM's own code. */
    public static String fcm(String code) {
        return "{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"" + code + "\"}";
    }
}
