package dev.sluice.activators.sms;

/**
 * How many messages a text is sent as, since each is paid for: 160 characters of GSM 03.38 in one and 153 in each of several,
 * or, if there is any other character, 70 and 67 of UTF-16. Stateless.
 */
final class SmsText {
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each takes the place of two. */
    private static final String EXTENSION = "^{}\\[~]|€\f";

    private SmsText() {}

    static int messages(String text) {
        int septets = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (BASIC.indexOf(letter) < 0 && EXTENSION.indexOf(letter) < 0) {
                return of(text.length(), 70, 67);
            }
            septets += EXTENSION.indexOf(letter) < 0 ? 1 : 2;
        }
        return of(septets, 160, 153);
    }

    private static int of(int length, int alone, int joined) {
        return length <= alone ? 1 : Math.ceilDiv(length, joined);
    }
}
