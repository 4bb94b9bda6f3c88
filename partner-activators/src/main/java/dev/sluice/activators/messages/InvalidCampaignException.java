package dev.sluice.activators.messages;

import java.util.List;

/** A connection's settings are not those of a campaign; the message says all that is wrong, for the author. */
final class InvalidCampaignException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidCampaignException(List<String> problems) {
        super(String.join("; ", problems));
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
