package dev.sluice.activators.messages;

/** The account has no secret with which links for unsubscribing can be signed: nothing may be sent that needs one. */
public final class UnsignedLinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Of an account; what its secret is, if there is one, is not said. */
    public UnsignedLinkException() {
        super("the account's secret " + UnsubscribeToken.SECRET + " is missing or too short");
    }
}
