package dev.sluice.activators.messages;

/** The contract held against memory. */
class MemorySendingsTest extends SendingsContract {
    private final MemorySendings sendings = new MemorySendings();

    @Override
    protected Sendings sendings() {
        return sendings;
    }
}
