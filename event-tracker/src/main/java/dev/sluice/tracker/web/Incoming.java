package dev.sluice.tracker.web;

/** What a connection brings, in the order in which it must be answered. */
sealed interface Incoming permits Received, Incoming.Refused, Incoming.AsksToSend {
    /** Nothing that a handler could answer; the connection ends with this reply. */
    record Refused(Reply reply) implements Incoming {}

    /** The client waits for leave to send its body ({@code Expect: 100-continue}). */
    record AsksToSend() implements Incoming {}
}
