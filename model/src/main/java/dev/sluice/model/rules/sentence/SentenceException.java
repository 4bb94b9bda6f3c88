package dev.sluice.model.rules.sentence;

/** A sentence that is no condition. The message says where, what was expected, what was found and what may be meant. */
public final class SentenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Mistake mistake;

    SentenceException(Mistake mistake) {
        super(mistake.toString());
        this.mistake = mistake;
    }

    /** What is wrong, in its parts. */
    public Mistake mistake() {
        return mistake;
    }
}
