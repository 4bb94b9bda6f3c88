package dev.sluice.tracker;

import java.util.Optional;

/** Tells which bytes of a request are events, and why the others are not. Pure and thread-safe. */
public interface Judge {
    /** Judges the unpacked bytes of one request, unless its source may not send now. Keeps nothing of them. */
    Judgement judge(Envelope envelope, byte[] body);

    /** The source that a request names in its header, empty if none or unknown. */
    Optional<Source> byHeader(Envelope envelope);

    /** Whether all sources could be read, so that an unknown key is one that nobody has. */
    boolean knowsAllSources();
}
