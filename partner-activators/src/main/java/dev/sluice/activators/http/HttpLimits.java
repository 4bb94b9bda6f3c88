package dev.sluice.activators.http;

import java.time.Duration;

/**
 * Bounds of what partners may cost us.
 *
 * @param connect until a connection to one address stands
 * @param addresses of a name that are tried, one after the other
 * @param atOnce calls at one time, of all partners: so many {@link dev.sluice.activators.Places} there are
 * @param connections that may be open: more than there are calls, so that no call waits for another's
 * @param kept how long a connection may serve at all, so that a name that moved is followed
 * @param idle how long a connection may wait for its next call
 * @param headerLine bytes of one line of an answer's head
 * @param headers lines of an answer's head
 * @param answerBytes of an answer's body that are taken before we hang up
 */
record HttpLimits(
        Duration connect,
        int addresses,
        int atOnce,
        int connections,
        Duration kept,
        Duration idle,
        int headerLine,
        int headers,
        int answerBytes) {
    static final HttpLimits DEFAULT = new HttpLimits(
            Duration.ofSeconds(2), 3, 256, 512, Duration.ofSeconds(60), Duration.ofSeconds(15), 8192, 100, 1 << 20);
}
