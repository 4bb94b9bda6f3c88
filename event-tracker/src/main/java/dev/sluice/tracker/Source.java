package dev.sluice.tracker;

/**
 * One application that sends events.
 *
 * @param account whose it is
 * @param name of the source within its account
 * @param limits of its requests, never above the node's
 * @param policy what is kept of its events
 * @param admission how much it may send now; shared by all requests of the source and its account
 */
public record Source(String account, String name, Limits limits, EventPolicy policy, Admission admission) {}
