package dev.sluice.tracker.web;

import java.time.Instant;
import java.util.Optional;

/** One request whose body is whole and unpacked. Immutable; safe on any thread. */
public interface Call {
    /** As sent: {@code POST}, say. */
    String method();

    /** Without the query; never decoded. */
    String path();

    /** The first parameter of this name in the query, decoded. */
    Optional<String> query(String name);

    /** The first header of this name, whatever its case. */
    Optional<String> header(String name);

    /** Unpacked and within the limits; empty if there is none. Nobody may change it. */
    byte[] body();

    /** When its last byte came, in whole milliseconds. */
    Instant receivedAt();
}
