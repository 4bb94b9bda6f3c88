package dev.sluice.activators.messages.aws;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;

/** Which exception an AWS service answered with, whichever of its JSON protocols it speaks. Stateless. */
public final class AwsError {
    private AwsError() {}

    /** The exception's bare name, {@code TooManyRequestsException} say; empty if the answer names none. */
    public static String name(Exchange.Answered answered) {
        String full = answered.header("x-amzn-errortype").orElseGet(() -> type(answered.body()));
        String bare = full.substring(full.indexOf('#') + 1);
        int colon = bare.indexOf(':');
        String name = colon < 0 ? bare : bare.substring(0, colon);
        return name.matches("[A-Za-z]{1,64}") ? name : "";
    }

    /** A text field of the answer's body; empty if there is none. */
    public static String field(Exchange.Answered answered, String field) {
        try {
            return JsonText.readObject(answered.body()).findText(field).orElse("");
        } catch (MalformedException e) {
            return "";
        }
    }

    private static String type(byte[] body) {
        try {
            return JsonText.readObject(body).findText("__type").orElse("");
        } catch (MalformedException e) {
            return "";
        }
    }
}
