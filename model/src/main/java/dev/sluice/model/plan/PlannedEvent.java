package dev.sluice.model.plan;

import dev.sluice.model.EventType;

/**
 * An event that may be sent.
 *
 * @param type track, page or screen
 * @param name exactly as it is sent
 * @param properties what it says
 */
public record PlannedEvent(EventType type, String name, ObjectRule properties) {}
