package dev.sluice.infra;

import static dev.sluice.infra.PartnerKind.audiences;
import static dev.sluice.infra.PartnerKind.messages;

import java.util.List;

/** The kinds of partner that are deployed: a new one is one line here. Stateless. */
final class PartnerKinds {
    static final List<PartnerKind> ALL = List.of(
            audiences("webhook"),
            audiences("meta"),
            audiences("google"),
            audiences("tradedesk"),
            audiences("braze"),
            messages("push"),
            messages("email").by("ses:SendEmail", "identity", "configuration-set"),
            messages("webpush"),
            messages("sms").by("sms-voice:SendTextMessage", "phone-number", "pool", "sender-id"));

    private PartnerKinds() {}
}
