package dev.sluice.activators.messages;

/**
 * One text of which a channel's message consists: a subject, a body. Immutable.
 *
 * @param html whether values are escaped as HTML
 * @param required whether every campaign of the channel has it
 * @param most characters that it may have when it is filled
 */
public record Part(String name, boolean html, boolean required, int most) {}
