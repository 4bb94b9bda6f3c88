package dev.sluice.activators.sms;

import dev.sluice.activators.messages.LocalServer;

/**
 * AWS End User Messaging's SendTextMessage as its page says (read in November 2026):
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html.
 */
public final class SmsServer extends LocalServer {
    @Override
    protected Reply answer(Received request) {
        boolean known = request.headers().getOrDefault("x-amz-target", "").equals("PinpointSMSVoiceV2.SendTextMessage")
                && request.headers().getOrDefault("authorization", "").contains("/eu-west-1/sms-voice/aws4_request");
        return known ? Reply.json(200, "{\"MessageId\":\"m-1\"}") : error("ValidationException", "UNKNOWN_OPERATION");
    }

    /** An error as the service says it. */
    public static Reply error(String name, String reason) {
        return Reply.json(
                400, "{\"__type\":\"com.amazonaws.pinpointsmsvoicev2#" + name + "\",\"Reason\":\"" + reason + "\"}");
    }
}
