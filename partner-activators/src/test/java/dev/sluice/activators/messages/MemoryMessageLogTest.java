package dev.sluice.activators.messages;

/** The contract held against memory. */
class MemoryMessageLogTest extends MessageLogContract {
    private final MemoryMessageLog log = new MemoryMessageLog();

    @Override
    protected MessageLog log() {
        return log;
    }
}
