package dev.sluice.dispatcher;

/**
 * A line on its way to the classifier. The bytes are not copied; nobody may change them.
 *
 * @param record position of its record in the invocation
 */
record Line(int record, byte[] bytes) {}
