package dev.sluice.rules;

/**
 * Segments that somebody still works on. They need not be valid, only a JSON array: publishing looks at them. Immutable.
 *
 * @param segments JSON text of an array
 */
public record Draft(DraftInfo info, String segments) {}
