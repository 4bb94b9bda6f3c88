package dev.sluice.classifier.drools;

/** Something that is true or false of an observation. Made once per rule set; may be shared by threads. */
@FunctionalInterface
interface Question {
    boolean holds(Seen seen);
}
