package dev.sluice.classifier;

import java.util.Optional;

/**
 * Which server of the store of states answers, and with which data.
 *
 * @param process a word that a server gives itself when it starts
 * @param data a random word that whoever met it empty wrote into it
 */
public record Server(String process, String data) {

    /** What must have happened since another was met at the same place. */
    public Optional<StoreLoss.Kind> since(Server before) {
        if (!data.equals(before.data)) {
            return Optional.of(StoreLoss.Kind.EMPTIED);
        }
        return process.equals(before.process) ? Optional.empty() : Optional.of(StoreLoss.Kind.REPLACED);
    }
}
