package dev.sluice.classifier;

/** A part of the store of states for which one server answers, as it is now. Immutable. */
public interface Place {
    /** The share that is everything. */
    String EVERYTHING = "*";

    /** Stays the same whichever server answers; 1 to 200 characters. */
    String name();

    /** As the store names the one that answers now. */
    String node();

    /** What lies there, as the store writes it, or {@link #EVERYTHING}; up to 4,000 characters. */
    String share();

    /** The loss of a share that was said here. */
    StoreLoss loss(StoreLoss.Kind kind, String share);
}
