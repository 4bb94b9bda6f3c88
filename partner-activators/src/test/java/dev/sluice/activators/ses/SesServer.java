package dev.sluice.activators.ses;

import dev.sluice.activators.messages.LocalServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.util.regex.Pattern;

/**
 * Amazon SES' SendEmail as its page says (read in November 2026):
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html. It takes any signature of the right form.
 */
public final class SesServer extends LocalServer {
    private static final Pattern SIGNATURE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=AKID/[0-9]{8}/eu-west-1/ses/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}");

    @Override
    protected Reply answer(Received request) {
        if (!SIGNATURE
                .matcher(request.headers().getOrDefault("authorization", ""))
                .matches()) {
            return error(403, "InvalidSignatureException");
        }
        if (!request.method().equals("POST") || !request.uri().getPath().equals("/v2/email/outbound-emails")) {
            return error(404, "NotFoundException");
        }
        Value.Fields email = JsonText.readObject(request.body());
        if (!email.text("FromEmailAddress").endsWith("@game.example>")) {
            return error(400, "MailFromDomainNotVerifiedException");
        }
        String to = ((Value.Text) email.inner("Destination").list("ToAddresses").getFirst()).text();
        return to.endsWith("@virus.example")
                ? error(400, "MessageRejected")
                : Reply.json(200, "{\"MessageId\":\"0102018f-1\"}");
    }

    /** An error as the service says it. */
    public static Reply error(int status, String name) {
        return Reply.json(status, "{\"message\":\"said to anna@example.com\"}")
                .with("x-amzn-errortype", name + ":http://internal.amazon.com/coral/com.amazonaws.ses.v2/");
    }
}
