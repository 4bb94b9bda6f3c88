package dev.sluice.activators.messages;

/** The account has no secret with which links for unsubscribing can be signed: nothing may be sent that needs one. */
public final class UnsignedLinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param reason what is wrong with the secret, without what is in it */
    public UnsignedLinkException(String reason) {
        super(reason);
    }
}
